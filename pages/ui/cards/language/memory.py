"""The cards of memory: gradients and eigenvalues, untrained and trained, and a task."""

from collections.abc import Collection, Sequence

from labs.live.challenges import Challenge
from pages.ui.challenges import challenges_card
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Transport

RADIUS = Knob("radius", "RNN: spectral radius", 0.1, 3, 0.9, step=0.05, digits=2)
BIAS = Knob("bias", "LSTM: forget bias", -3, 6, 0, step=0.25, digits=2)
NETS = (("rnn", "plain RNN"), ("gru", "GRU"), ("lstm", "LSTM"))
CELL = Choice("cell", "eigenvalues of", NETS, "rnn", shown=True)
DELAY = Knob("delay", "steps to remember", 1, 100, 40)
RECALL_RATE = Knob("recall_rate", "learning rate", 1e-4, 0.3, 2e-2, log=True)
RECALL_BIAS = Knob("recall_bias", "LSTM: forget bias", -3, 6, 5, step=0.25, digits=2)
CONTROLS = (RADIUS, BIAS, CELL, DELAY, RECALL_RATE, RECALL_BIAS)
LINES = ["RNN", "GRU", "LSTM"]


def cards(trained: Collection[str], challenges: Sequence[Challenge]) -> list[Card]:
    """Return the cards of memory; `trained` names the zoo's nets that can be compared."""
    untrained = Card(
        "untrained",
        columns=_pair("untrained", "64 units", [*LINES, "radius^k"]),
        controls=(RADIUS, BIAS, CELL),
        title="Before training: how far back is a loss felt?",
        text="The gradient of the loss at step T with respect to the hidden state k steps before "
        "is a product of k matrices, one a step. An eigenvalue inside the unit circle shrinks at "
        "every step, one outside grows.",
    )
    learnt = Card(
        "trained",
        columns=_pair("trained", "256 units", [name for name in LINES if name.lower() in trained]),
        title="After training on Shakespeare",
        text="The same for the nets of the zoo, in their upper layer. The plain RNN's matrix has "
        "grown beyond the circle, and its tanh has gone flat: where the slope is nearly 0, nothing "
        "comes back.",
    )
    recall = Panel(
        "curve", "recall", "Which symbol came first?", "", "", "share right over steps",
        {"names": LINES, "low": 0, "high": 1, "yTitle": "share right", "width": 430,
         "height": 210},
    )  # fmt: skip
    task = Card(
        "recall", columns=((recall,),), span=7,
        controls=(Transport(), DELAY, RECALL_RATE, RECALL_BIAS, Button("again", "Again")),
        title="A task that needs memory",
        text="One of four symbols is shown, then distractors; at the end the net must name "
        "the first. Three nets of 32 units see the same batches.",
    )  # fmt: skip
    return [
        untrained,
        *([learnt] if trained else []),
        task,
        challenges_card(challenges, "turn the knobs", 5),
    ]


def _pair(name: str, units: str, lines: list[str]) -> tuple[tuple[Panel, ...], ...]:
    """Return the eigenvalues in the complex plane, and beside them the gradients."""
    plane = Panel(
        "spectrum", f"{name}.plane", "Eigenvalues", "complex plane", "",
        f"eigenvalues of the {name} net's step in the complex plane", {"size": 320},
    )  # fmt: skip
    curve = Panel(
        "curve", name, "Gradient", f"{units}, mean over 16 passages", "",
        "gradient norm over steps back",
        {"names": lines, "log": True, "width": 560, "height": 305, "low": 1e-20, "high": 1e10,
         "ticks": [1e-20, 1e-10, 1, 1e10], "last": False,
         "xTitle": "steps back, k",
         "yTitle": "gradient, relative to k = 0"},
    )  # fmt: skip
    return ((plane,), (curve,))
