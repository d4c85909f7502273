"""The cards of the plane of codes: the plane itself, and a walk over it."""

from labs.generative.autoencoders.plane import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink, inks
from pages.ui.stage import Card, Panel

CODES = Card(
    "codes",
    columns=(
        (PAD,
         ink("seen", "Goes in", "28²", "", "the drawing as the net sees it", 92),
         ink("rebuilt", "Comes out", "28²", "", "what its code decodes to", 92)),
        (Panel("plane", "codes", "The plane of codes", "", "", "a carpet of decoded digits, the "
               "codes of many digits in ten colours, and three handles",
               {"size": 620, "free": ["z", "A", "B"], "map": "ink", "veil": 0.45,
                "titles": ["first number", "second number"],
                "handles": ["z, the decoded place", "A, where the walk begins",
                            "B, where it ends"]}),),
        (ink("picture", "Decoded", "28²", "", "the picture at z", 260),
         Panel("words", "reading", options={"height": 150})),
    ),
    controls=(c.WALK, c.KEEP_A, c.KEEP_B),
)  # fmt: skip
WALK = Card(
    "walk",
    columns=((inks("between", "From A to B", "", "above: along the line; below: pixels mixed",
                   "pictures between A and B, and mixtures of their pixels", 9, 84),),),
    title="A walk between two digits",
    text="Along the line every picture is a digit, or nearly one; mixed pixels are two digits at "
    "once. Drag A and B, or make your drawing one of them.",
)  # fmt: skip
CARDS = (CODES, WALK)
