"""The cards of the twenty numbers: sliders and a plane through them, a walk."""

from labs.generative.autoencoders.numbers import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink, inks
from pages.ui.stage import Card, Panel


def _half(name: str, title: str) -> Panel:
    return Panel("sliders", name, title, "", "", "numbers of the code", {"width": 210})


CODE = Card(
    "code",
    columns=(
        (PAD,
         ink("seen", "Goes in", "28²", "", "the drawing as the net sees it", 96),
         ink("rebuilt", "Comes out", "28²", "", "what its own code decodes to", 96)),
        (_half("first", "Numbers 1 to 10"), _half("second", "11 to 20")),
        (Panel("plane", "codes", "A plane through z", "", "", "a carpet of decoded pictures, the "
               "codes of test pictures, and a handle",
               {"size": 420, "free": ["z"], "map": "ink", "veil": 0.4,
                "titles": ["one direction", "another"],
                "handles": ["z, the decoded code"]}),),
        (ink("picture", "Decoded", "28²", "", "the picture that z decodes to", 200),
         Panel("words", "reading", options={"height": 210})),
    ),
    controls=(c.NET, c.ANOTHER, c.PLANE, c.ACROSS, c.UP, c.BACK),
)  # fmt: skip
WALK = Card(
    "walk",
    columns=((inks("between", "From A to B", "", "", "pictures along the line from A to B", 9,
                   84),),),
    controls=(c.WALK, c.KEEP_A, c.KEEP_B),
    title="A walk between two drawings",
    text="All twenty numbers go from one code to the other at once. The line on the plane is the "
    "walk's shadow, as the dots are those of test pictures: eighteen directions are out of sight.",
)  # fmt: skip
CARDS = (CODE, WALK)
