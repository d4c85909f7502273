"""The cards of the depth lab: what flows through every layer, and how two nets learn."""

from collections.abc import Iterable

from pages.ui.stage import Button, Card, Choice, Control, Knob, Panel, Select, Transport

DEPTH = Knob("depth", "depth", 1, 50, 10)
WIDTH = Knob("width", "width", 8, 64, 32)
ACTIVATION = Choice(
    "activation", "activation", (("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "ReLU")),
    "sigmoid", shown=True,
)  # fmt: skip
INITIAL = Select(
    "initial", "weights",
    tuple((name, name) for name in ("Xavier", "He", "small normal", "unit normal")), "Xavier",
)  # fmt: skip
GAIN = Knob("gain", "weights ×", 0.05, 4, 1, log=True)
SWITCH = (("off", "off"), ("on", "on"))
NORM = Choice("norm", "batch norm", SWITCH, "off", shown=True)
RESIDUAL = Choice("residual", "residual", SWITCH, "off", shown=True)
DROPOUT = Knob("dropout", "dropout", 0, 0.8, 0, step=0.05, digits=2)
RATE = Knob("learning_rate", "learning rate", 1e-4, 3, 0.1, log=True)
SHAPE = (DEPTH, WIDTH, ACTIVATION, INITIAL, GAIN, NORM, RESIDUAL, DROPOUT, RATE)


def choices(titles: Iterable[tuple[str, str]]) -> tuple[Select, Select]:
    """Return the list of presets and that of second nets, from (key, title)."""
    titles = tuple(titles)
    first = Select("preset", "net", (*titles, ("own", "your own")), "sigmoid")
    second = Select(
        "second", "beside it", (*titles, ("kept", "the one put aside"), ("none", "none")), "relu"
    )
    return first, second


def layers(preset: Select, second: Select) -> Card:
    """Return the histograms of all layers, the gradient over depth, and both losses."""
    strip = {"width": 400, "height": 165}
    chart = {"width": 440, "height": 190}
    controls: tuple[Control, ...] = (
        preset, second, Button("keep", "Put mine aside, to compare"),
        Transport(speed=None), Button("again", "Start again"),
    )  # fmt: skip
    return Card(
        "layers",
        columns=(
            (
                Panel(
                    "strips", "activations", "Activations", "", "a histogram for each layer",
                    "histograms of the activations of every layer",
                    strip | {"yTitle": "activation", "click": True},
                ),
                Panel(
                    "strips", "gradients", "Gradients", "", "", "histograms of every gradient",
                    strip | {"yTitle": "|gradient|", "power": True, "click": True,
                             "ink": "gradient_positive"},
                ),
                Panel(
                    "strips", "second", "Gradients of the second net", "", "",
                    "histograms of the gradients of the second net",
                    strip | {"yTitle": "|gradient|", "power": True, "ink": "gradient_positive"},
                ),
            ),
            (
                Panel(
                    "curve", "norms", "Gradient against depth", "", "",
                    "size of the gradient at every layer",
                    chart | {"names": ["measured", "theory: product of |W| and f′", "second"],
                             "dashed": [2], "log": True, "xTitle": "layer",
                             "yTitle": "|gradient|"},
                ),
                Panel(
                    "curve", "loss", "Loss", "", "", "the loss of both nets over steps",
                    chart | {"names": ["yours", "second"], "log": True, "yTitle": "loss (nats)"},
                ),
            ),
        ),
        controls=controls,
    )  # fmt: skip


NET = Card(
    "net",
    columns=(),
    controls=SHAPE,
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
