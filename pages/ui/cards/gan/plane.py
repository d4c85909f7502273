"""The cards of the GAN on the plane: both nets at work, measures, situations, the nets."""

from labs.generative.gan.plane import controls as c
from pages.ui.stage import Card, Panel, Transport

GAME = Card(
    "game",
    columns=(
        (Panel("plane", "field", "What the discriminator says", "", "", "the discriminator's field "
               "over the plane, real and fake points, and an arrow at each fake",
               {"size": 460, "titles": ["x₁", "x₂"]}),),
        (Panel("plane", "bent", "What the generator does", "", "", "the grid of the noise square "
               "as the generator bends it, and the fakes", {"size": 460}),),
        (Panel("words", "diagnosis", options={"height": 190, "live": True}),
         Panel("pad", "x", "Your target", "", "draw it", "a target of your own", {"size": 150})),
    ),
    controls=(Transport(), *c.MAIN),
    hold=True,
)  # fmt: skip
COURSE = Card(
    "course",
    columns=(
        (Panel("curve", "losses", "Both losses", "", "", "both losses over steps",
               {"names": ["discriminator", "generator"], "width": 440, "height": 200,
                "yTitle": "loss"}),),
        (Panel("curve", "measures", "How near", "", "", "divergence and modes covered over steps",
               {"names": ["Jensen-Shannon, nats", "share of modes"], "low": 0, "high": 1,
                "width": 440, "height": 200, "yTitle": "", "ticks": [0, 0.5, 1],
                "sparing": True}),),
    ),
    title="Losses say little",
    text="Neither loss falls to 0 when all goes well: each net is measured against the other. The "
    "Jensen-Shannon divergence of real and fake, counted on a grid, says how near they are.",
)  # fmt: skip
SITUATIONS = Card(
    "situations",
    columns=(),
    controls=c.SHOWN,
    title="Situations",
    text="What goes wrong, each with its cure. Press one, then play.",
    span=6,
)
NETS = Card(
    "nets",
    columns=(),
    controls=c.NETS,
    title="Both nets",
    text="Another net begins again.",
    span=6,
)
CARDS = (GAME, COURSE, SITUATIONS, NETS)
