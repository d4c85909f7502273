"""Draw a scene: the pad with its answer, gradients and occlusion, a visitor's own annotation."""

from labs.vision.scenes import controls as c
from labs.vision.scenes.draw import ROWS
from labs.vision.scenes.samples import NAMES
from pages.ui.stage import Card, Panel

PEN = [4, 7, 24]


def pad(size: int, note: str = "") -> Panel:
    """Return the pad of a scene, `size` CSS pixels wide."""
    return Panel(
        "pad", "x", "Your scene", "192 × 256", note,
        "your scene, with boxes and coloured pixels",
        {"size": size, "over": "seen", "paper": 0.75, "pen": PEN, "move": True,
         "samples": list(NAMES)},
    )  # fmt: skip


SCENE = Card(
    "scene",
    columns=(
        (pad(560, "draw; or press “move” and drag what is there"),),
        (Panel("ranks", "found", "Found", "", "click one for its gradient",
               "what is found, best first",
               {"count": ROWS, "click": True, "label": 11, "told": 5, "width": 250}),),
    ),
    controls=(c.THRESHOLD, c.OVERLAP, c.VIEW, *c.HELD),
)  # fmt: skip
WHY = Card(
    "why",
    columns=(
        (Panel("photo", "pointed", "Each pixel’s class", "", "point at one",
               "the scene, each pixel in the colour of its class", {"size": 300, "hover": False}),),
        (Panel("image", "gradient", "Gradient", "", "", "gradient of the score at every pixel",
               {"size": 300, "click": False, "map": "gradient"}),),
        (Panel("image", "occlusion", "Occlusion", "32 × 32 wiped", "",
               "by how much the score falls when a square is wiped",
               {"size": 300, "click": False, "map": "unsigned"}),),
    ),
    controls=(c.WHY,),
    title="What makes it say so?",
    text="Green ink speaks against it, purple ink for it. The eraser of the pad above is occlusion "
    "by hand: rub out an ear, and look at the score.",
)  # fmt: skip
OWN = Card(
    "own",
    columns=(
        (Panel("pad", "own", "Annotate", "", "draw around one thing", "your own box or mask",
               {"size": 400, "over": "under", "paper": 0.75, "pen": [4, 6, 40]}),),
        (Panel("ledger", "agreement", alt="how your annotation and the net's agree",
               options={"rows": 3, "width": 300}),),
    ),
    controls=(c.MINE, c.LABEL),
    title="You as annotator",
    text="A box is what your line spans, a mask what it encloses.",
    span=8,
)  # fmt: skip
CARDS = (SCENE, WHY, OWN)
