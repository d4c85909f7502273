"""The cards of the approximation lab: the pen, the sum of bends, linear layers, depth, parity."""

from labs.basics.approximation import Approximation
from labs.basics.approximation import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

FIT = Card(
    "fit",
    columns=(
        (Panel("sketch", "sketch", "Draw a function", "", "", "the drawn function, the net's "
               "output and what each hidden unit adds to it",
               {"width": 720, "height": 420, "edit": True,
                "names": ["your function", "the net", "the first units' sum"],
                 "parts": "what each unit adds"}),),
        (Panel("curve", "error", "Error", "", "", "squared error over steps",
               {"names": ["error"], "log": True, "yTitle": "error", "width": 330,
                "height": 300}),),
    ),
    controls=(Transport(), c.SHAPE, c.ACTIVATION, c.WIDTH, c.DEPTH, c.RATE, c.L2, c.SUM, c.SEED,
              c.AGAIN, c.FRESH),
    hold=True,
)  # fmt: skip
COLLAPSE = Card(
    "collapse",
    columns=(
        (Panel("cells", "w2", "W₂", "2 × (3 + 1)", "bias first", "weights of the second layer",
               {"cell": 40}),),
        (Panel("cells", "w1", "W₁", "3 × (2 + 1)", "bias first", "weights of the first layer",
               {"cell": 40}),),
        (Panel("cells", "product", "W̃", "2 × (2 + 1)", "W₂W₁, W₂b₁ + b₂", "their product",
               {"cell": 40}),),
        (Panel("words", "collapse", options={"height": 90}),),
    ),
    controls=(c.RELINEAR,),
    title="Linear layers collapse",
    text="Without a bend between them, W₂(W₁x + b₁) + b₂ is one linear map W̃x + b̃.",
    wrap=True,
)  # fmt: skip
SAW = Card(
    "depth",
    columns=(
        (Panel("sketch", "saw", "A sawtooth", "", "", "the sawtooth of a deep net and the best "
               "fit of a shallow one",
               {"width": 430, "height": 240, "names": ["deep", "shallow, best fit"]}),),
        (Panel("words", "depth", options={"height": 110}),),
    ),
    controls=(c.FOLDS,),
    title="Depth folds",
    text="The same number of ReLUs, stacked and side by side.",
    span=7,
    wrap=True,
)  # fmt: skip
PARITY = Card(
    "parity",
    columns=((Panel("words", "parity", options={"height": 120}),
              Panel("cells", "count", "What the net says", "", "of 0, 1, 2 ... bits that are set",
                    "parity as the net of threshold units says it", {"cell": 34, "limit": 1}),
              Panel("cells", "parity", "Output weights", "", "of the threshold units",
                    "weights of the output", {"cell": 34})),),
    controls=(c.BITS,),
    title="Parity: it depends on the unit",
    span=5,
)  # fmt: skip


CARDS = (FIT, COLLAPSE, SAW, PARITY, challenges_card(Approximation.challenges))
SOURCES = (
    ("Cybenko (1989): Approximation by superpositions of a sigmoidal function",
     "https://doi.org/10.1007/BF02551274"),
    ("Hornik (1991): Approximation capabilities of multilayer feedforward networks",
     "https://doi.org/10.1016/0893-6080(91)90009-T"),
    ("Telgarsky (2016): Benefits of depth in neural networks", "https://arxiv.org/abs/1602.04485"),
    ("Håstad (1986): Almost optimal lower bounds for small depth circuits",
     "https://doi.org/10.1145/12130.12132"),
)  # fmt: skip
