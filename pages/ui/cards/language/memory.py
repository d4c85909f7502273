"""The cards of memory: gradients and eigenvalues, untrained and trained, and a task."""

from collections.abc import Collection

from labs.sequences.language import controls as c
from labs.sequences.language.challenges.remembering import REMEMBERING
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

LINES = ["RNN", "GRU", "LSTM"]


def cards(trained: Collection[str]) -> list[Card]:
    """Return the cards of memory; `trained` names the zoo's nets that can be compared."""
    untrained = Card(
        "untrained",
        columns=_pair("untrained", "64 units", [*LINES, "radius^k"]),
        controls=c.UNTRAINED,
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
        controls=(Transport(), *c.RECALL),
        title="A task that needs memory",
        text="One of four symbols is shown, then distractors; at the end the net must name "
        "the first. Three nets of 32 units see the same batches.",
    )  # fmt: skip
    challenges = challenges_card(REMEMBERING, "turn the knobs", 5)
    return [untrained, *([learnt] if trained else []), task, challenges]


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
