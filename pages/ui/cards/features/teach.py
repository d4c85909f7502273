"""Classes of one's own."""

from labs.vision.features.teach import Teach
from pages.ui.stage import Card, Panel

TEACH = Card(
    "teach",
    columns=(
        (Panel("photo", "seen", "What is seen", "", "", "the picture that is seen now",
               {"size": 230, "pointer": False}),
         Panel("camera", "camera", options={"side": 128}),
         Panel("pad", "x", "Or draw", "", "on white paper", "your drawing", {"size": 180})),
        (Panel("examples", "classes", "Your classes", "", "", "classes and their examples",
               {"width": 400}),),
        (Panel("ranks", "says", "It says", "", "", "probabilities of the classes",
               {"count": 6, "width": 300, "click": False, "lively": True}),
         Panel("photo", "near", "The nearest examples", "", "", "the five nearest examples",
               {"size": 300, "pointer": False}),
         Panel("photo", "why", "What speaks for it is bright", "Grad-CAM", "",
               "the picture, bright where it speaks for the class",
               {"size": 200, "pointer": False})),
    ),
    controls=Teach.controls,
)  # fmt: skip
ROADS = Card(
    "roads",
    columns=(
        (Panel("table", "roads", alt="three roads and their accuracy",
               options={"head": ["numbers", "how many", "right when left out", "says now"],
                        "rows": 3, "lines": 2}),),
        (Panel("ledger", "confusion", "Confusion", "", "", "how often each class was called what",
               {"rows": 6}),),
    ),
    title="Three roads",
    span=7,
    wrap=True,
)  # fmt: skip
MAP = Card(
    "map",
    columns=(
        (Panel("scatter", "map", "", "", "", "the examples on two principal components",
               {"size": 320, "sheet": "classes"}),),
    ),
    title="The examples in two dimensions",
    text="Drag one onto a class's name below, or out of the plane.",
    span=5,
)  # fmt: skip
CARDS = (TEACH, ROADS, MAP)
