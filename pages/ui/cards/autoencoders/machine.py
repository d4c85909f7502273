"""The cards of the Boltzmann machine: the chain, the hidden units."""

from labs.generative.autoencoders.machine import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink
from pages.ui.stage import Card, Panel, Transport

CHAIN = Card(
    "chain",
    columns=(
        (PAD,),
        (ink("start", "The chain begins at", "28²", "black or white", "the drawing as 0 and 1"),),
        (ink("state", "Where it is", "28²", "", "the state of the chain", 200),),
        (ink("probability", "Probability of ink", "28²", "", "how likely each pixel is on", 200),),
        (Panel("curve", "energy", "Free energy", "", "", "free energy along the chain",
               {"names": ["F(v)"], "width": 300, "height": 200, "yTitle": "nats"}),),
    ),
    controls=(Transport(speed=15), c.CLAMP, c.SEED, c.AGAIN),
    hold=True,
)  # fmt: skip
UNITS = Card(
    "units",
    columns=(
        (Panel("image", "hidden", "Hidden units", "400", "", "the probability of each hidden unit",
               {"size": 220, "map": "unsigned", "limit": 1, "click": False}),),
        (Panel("maps", "weights", "Weights of the surest", "", "", "the weights of 24 hidden units",
               {"columns": 8, "tile": 74, "click": False, "scale": "layer"}),),
    ),
    title="What the hidden units look for",
    text="Given the pixels, the hidden units know nothing of each other, and the other way round: "
    "each side is thrown at once. A step of the chain is one throw of both.",
)  # fmt: skip
CARDS = (CHAIN, UNITS)
