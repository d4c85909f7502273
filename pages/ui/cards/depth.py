"""The cards of the depth lab: what flows through every layer, and how two nets learn."""

from labs.basics.depth import Depth
from labs.basics.depth import controls as c
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel, Transport

STRIP = {"width": 400, "height": 165}
CHART = {"width": 440, "height": 190}
LAYERS = Card(
    "layers",
    columns=(
        (Panel("strips", "activations", "Activations", "", "a histogram for each layer",
               "histograms of the activations of every layer",
               STRIP | {"yTitle": "activation", "click": True}),
         Panel("strips", "gradients", "Gradients", "", "", "histograms of every gradient",
               STRIP | {"yTitle": "|gradient|", "power": True, "click": True,
                        "ink": "gradient_positive"}),
         Panel("strips", "second", "Gradients of the second net", "", "",
               "histograms of the gradients of the second net",
               STRIP | {"yTitle": "|gradient|", "power": True, "ink": "gradient_positive"})),
        (Panel("curve", "norms", "Gradient against depth", "", "",
               "size of the gradient at every layer",
               CHART | {"names": ["measured", "theory: product of |W| and f′", "second"],
                        "dashed": [2], "log": True, "xTitle": "layer", "yTitle": "|gradient|"}),
         Panel("curve", "loss", "Loss", "", "", "the loss of both nets over steps",
               CHART | {"names": ["yours", "second"], "log": True, "yTitle": "loss (nats)"}),
         Panel("words", "story", options={"height": 100})),
    ),
    controls=(c.PRESET, c.SECOND, c.KEEP, Transport(), c.AGAIN),
)  # fmt: skip
NET = Card(
    "net",
    columns=(),
    controls=c.NET,
    title="The net",
    text="Dense layers on 8 × 8 digits; a change begins again from initial weights, except the "
    "learning rate, which may change on the way.",
    span=12,
)
TABLE = Card(
    "table",
    columns=((Panel("ledger", "layers", alt="statistics of the layers", options={"rows": 8}),),),
    title="In numbers",
    text="Dead: a unit that moves for no example. Saturated: a slope below 5 % of the steepest.",
    span=7,
)


CARDS = (LAYERS, NET, TABLE, challenges_card(Depth.challenges, "turn and train", 5))
SOURCES = (
    ("Hochreiter (1991), Untersuchungen zu dynamischen neuronalen Netzen",
     "https://people.idsia.ch/~juergen/SeppHochreiter1991ThesisAdvisorSchmidhuber.pdf"),
    ("Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward networks",
     "https://proceedings.mlr.press/v9/glorot10a.html"),
    ("He, Zhang, Ren & Sun (2015), Delving Deep into Rectifiers",
     "https://arxiv.org/abs/1502.01852"),
    ("Ioffe & Szegedy (2015), Batch Normalization", "https://arxiv.org/abs/1502.03167"),
    ("He, Zhang, Ren & Sun (2015), Deep Residual Learning", "https://arxiv.org/abs/1512.03385"),
    ("Srivastava et al. (2014), Dropout", "https://jmlr.org/papers/v15/srivastava14a.html"),
)  # fmt: skip
