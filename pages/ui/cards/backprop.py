"""The cards of the backprop lab: diagram and formula in play, matrices, table, paths, batch."""

from collections.abc import Iterable, Sequence

from labs.live.challenges import Challenge
from pages.ui.challenges import challenges_card
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Select, Timeline, Transport

NOTATION = Choice(
    "notation", "notation",
    (("letters", "J, y, b, z, a"), ("theta", "Θ, z, a, δ"), ("g", "W, z, g")), "letters",
    shown=True,
)  # fmt: skip
ACTIVATION = Choice(
    "activation", "hidden units", (("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "ReLU")),
    "sigmoid", shown=True,
)  # fmt: skip
HIDDEN = Select(
    "hidden", "sizes",
    tuple((sizes, sizes) for sizes in ("1", "2", "3", "4", "2-2", "3-2", "3-3", "4-3")), "2",
)  # fmt: skip
LOSS = Select(
    "loss", "loss",
    (("log", "cross-entropy of a logistic unit"), ("binary cross-entropy", "the same, of a logit"),
     ("softmax cross-entropy", "softmax cross-entropy"), ("squared", "squared")), "log",
)  # fmt: skip
EXAMPLE = Choice(
    "example", "example", tuple((str(k), str(k)) for k in range(1, 5)), "1", shown=True
)
BATCH = Choice(
    "batch", "update by", (("one", "this example"), ("all", "all four")), "one", shown=True
)
PACE = Choice(
    "pace", "play", (("moments", "number by number"), ("updates", "whole updates")), "moments",
    shown=True,
)  # fmt: skip
RATE = Knob("rate", "learning rate", 1e-3, 30, 0.5, log=True)
TALL = 380  # pixels that the rows of a small net share
LAYERS = ("first", "second", "third")


def preset(titles: Iterable[tuple[str, str]]) -> Select:
    """Return the list of nets, from (key, title)."""
    return Select("preset", "net", tuple(titles), "logistic")


def diagram(preset: Select, tallest: int) -> Card:
    """Return the diagram with the formula in play beside it.

    tallest: units of the largest layer; those of a small net stand farther apart.
    """
    return Card(
        "diagram",
        columns=(
            (
                Panel(
                    "graph", "diagram", "The net", "", "",
                    "the net with activations, weights and gradients",
                    {"width": 620, "column": 190, "row": max(96, TALL // tallest), "edges": True,
                     "legend": ["activation; edges: blue a positive weight, orange a negative", "",
                                "gradient"]},
                ),
            ),
            (
                Panel("ledger", "formula", "In play", "", "the formula with its numbers",
                      "the step in play", {"rows": 3, "width": 430}),
                Panel(
                    "curve", "losses", "Loss", "", "", "the mean loss over updates",
                    {"names": ["mean over the examples"], "log": True, "xTitle": "update",
                     "yTitle": "loss", "width": 400, "height": 140},
                ),
                Panel("sliders", "data", "The example", "", "drag inputs and target",
                      "inputs and target of the example", {"width": 300}),
            ),
        ),
        controls=(
            preset, HIDDEN, ACTIVATION, LOSS, NOTATION, EXAMPLE, PACE, BATCH, RATE,
            Transport(speed=1, until=False), Button("again", "Initial weights"),
            Timeline("timeline", "moment", "moment of the passes"),
        ),
    )  # fmt: skip


def matrices(sizes: Sequence[int], inputs: int) -> Card:
    """Return the matrices of each layer: weights, their gradient, and the units' numbers."""
    columns = []
    cell = 38 if max(sizes) < 4 and inputs < 4 else 34
    for i, (size, below) in enumerate(zip(sizes, (inputs, *sizes), strict=False)):
        name = LAYERS[i]
        columns += [
            (Panel("cells", f"W{i + 1}", f"W, {name} layer", f"{size} × {below + 1}",
                   "drag a cell; bias first", f"weights of the {name} layer",
                   {"cell": cell, "edit": True}),),
            (Panel("cells", f"dW{i + 1}", "dW", f"{size} × {below + 1}", "its gradient",
                   f"gradient of the weights of the {name} layer",
                   {"cell": cell, "map": "gradient", "blank": True}),),
            (Panel("cells", f"units{i + 1}", "z, a, δ", f"{size} × 3", "before f, after it, dL/dz",
                   f"numbers of the units of the {name} layer", {"cell": cell, "blank": True}),),
        ]  # fmt: skip
    return Card(
        "matrices", columns=tuple(columns), title="As matrices", span=12, wrap=True,
        text="Blue is positive, orange negative; purple and green are the signs of a gradient.",
    )  # fmt: skip


TABLE = Card(
    "table",
    columns=((Panel("ledger", "table", alt="every value beside its derivative"),),),
    title="The lecture's table",
    text="Each value of the forward pass beside the derivative of the loss with respect to it; "
    "the loss on top, the input at the bottom.",
    span=12,
)
PATHS = Card(
    "paths",
    columns=((Panel("ledger", "paths", alt="paths from the loss to the chosen weight"),),),
    title="The gradient as a sum over paths",
    text="Click an edge of the net (or a unit, for its bias).",
    span=12,
)
EXAMPLES = Card(
    "batch",
    columns=((Panel("ledger", "batch", alt="the gradient of each example", options={"rows": 5}),),),
    title="Mini-batch",
    text="Each example has its own gradient; the batch's is their mean.",
    span=7,
)


def cards(
    preset: Select, sizes: Sequence[int], inputs: int, challenges: Sequence[Challenge]
) -> list[Card]:
    """Return all cards for a net of these sizes."""
    return [
        diagram(preset, max(inputs, *sizes)),
        matrices(sizes, inputs),
        TABLE,
        PATHS,
        EXAMPLES,
        challenges_card(challenges, "click and drag", 5),
    ]


SOURCES = (
    ("Rumelhart, Hinton & Williams (1986), Learning representations by back-propagating errors",
     "https://doi.org/10.1038/323533a0"),
    ("LeCun, Bottou, Orr & Müller (1998), Efficient BackProp",
     "https://doi.org/10.1007/3-540-49430-8_2"),
    ("Nielsen (2015), Neural Networks and Deep Learning, chapter 2",
     "http://neuralnetworksanddeeplearning.com/chap2.html"),
)  # fmt: skip
