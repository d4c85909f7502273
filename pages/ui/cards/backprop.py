"""The cards of the backprop lab: diagram and formula in play, matrices, table, paths, batch."""

from collections.abc import Sequence

from labs.basics.backprop import Backprop
from labs.basics.backprop import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

TALL = 380  # pixels that the rows of a small net share
LAYERS = ("first", "second", "third")


def diagram(tallest: int) -> Card:
    """Return the diagram with the formula in play beside it.

    tallest: units of the largest layer; those of a small net stand farther apart.
    """
    return Card(
        "diagram",
        columns=(
            (Panel("graph", "diagram", "The net", "", "",
                   "the net with activations, weights and gradients",
                   {"width": 620, "column": 190, "row": max(96, TALL // tallest), "edges": True,
                    "legend": ["activation; edges: blue a positive weight, orange a negative", "",
                               "gradient"]}),),
            (Panel("ledger", "formula", "In play", "", "the formula with its numbers",
                   "the step in play", {"rows": 3, "width": 430}),
             Panel("curve", "losses", "Loss", "", "", "the mean loss over updates",
                   {"names": ["mean over the examples"], "log": True, "xTitle": "update",
                    "yTitle": "loss", "width": 400, "height": 140}),
             Panel("sliders", "data", "The example", "", "drag inputs and target",
                   "inputs and target of the example", {"width": 300})),
        ),
        controls=(c.PRESET, c.HIDDEN, c.ACTIVATION, c.LOSS, c.NOTATION, c.EXAMPLE, c.PACE, c.BATCH,
                  c.RATE, Transport(speed=1, until=False), c.AGAIN, c.TIMELINE),
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


def cards(lab: Backprop) -> list[Card]:
    """Return all cards for the net of now."""
    sizes, inputs = lab.spec().sizes, len(lab.x)
    return [
        diagram(max(inputs, *sizes)),
        matrices(sizes, inputs),
        TABLE,
        PATHS,
        EXAMPLES,
        challenges_card(lab.challenges, "click and drag", 5),
    ]


SOURCES = (
    ("Rumelhart, Hinton & Williams (1986), Learning representations by back-propagating errors",
     "https://doi.org/10.1038/323533a0"),
    ("LeCun, Bottou, Orr & Müller (1998), Efficient BackProp",
     "https://doi.org/10.1007/3-540-49430-8_2"),
    ("Nielsen (2015), Neural Networks and Deep Learning, chapter 2",
     "http://neuralnetworksanddeeplearning.com/chap2.html"),
)  # fmt: skip
