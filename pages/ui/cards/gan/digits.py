"""The cards of the GANs of drawings: its noise, the discriminator's opinion, fakes."""

from labs.generative.gan.digits import controls as c
from pages.ui.cards.autoencoders.pieces import DIGITS, PAD, ink
from pages.ui.stage import Card, Panel

NOISE = Card(
    "noise",
    columns=(
        (Panel("plane", "noise", "A plane through the noise", "", "", "a carpet of fakes over a "
               "plane through the noise, and a handle",
               {"size": 520, "free": ["z"], "map": "ink", "veil": 0.1,
                "titles": ["one direction", "another"],
                "handles": ["z, the place that is decoded"]}),),
        (ink("picture", "The fake at z", "28²", "", "the picture at z", 230),),
        (PAD,),
        (ink("judged", "Judged", "28²", "", "the drawing as the discriminator sees it", 130),
         Panel("image", "wish", "More real", "28²", "", "which pixels would make it look more real",
               {"size": 130, "map": "gradient", "click": False, "scale": "layer"})),
    ),
    controls=(c.NET, c.CLASS, c.KIND, c.THROW, c.BETTER, c.BACK),
    hold=True,
)  # fmt: skip
OPINION = Card(
    "opinion",
    columns=(
        (Panel("bars", "judge", "The discriminator's logit", "", "", "its logit of the drawing as "
               "each class", {"labels": list(DIGITS), "click": False, "width": 230}),
         Panel("words", "opinion", options={"height": 120})),
    ),
    title="The expert's opinion",
    text="A conditional discriminator is asked: did a hand draw this, as one of its class?",
    span=4,
)  # fmt: skip
FAKES = Card(
    "fakes",
    columns=(
        (Panel("maps", "sheet", "Sixteen fakes", "", "and their logits", "sixteen fakes of the "
               "class", {"columns": 4, "tile": 62, "gap": 18, "map": "ink", "limit": 1,
                         "click": False, "read": False, "labelled": True}),),
        (Panel("maps", "lineup", "A line-up", "", "click the one that is drawn", "the drawing "
               "among eight fakes", {"columns": 3, "tile": 82, "map": "ink", "limit": 1,
                                     "whole": True}),
         Panel("words", "lineup", options={"height": 80})),
    ),
    controls=(c.FRESH,),
    title="Forgeries",
    span=8,
)  # fmt: skip
CARDS = (NOISE, OPINION, FAKES)
