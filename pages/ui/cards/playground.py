"""The cards of the playground: the net and its plane, then what can be asked of them."""

from collections.abc import Iterable, Sequence

from labs.challenges import Challenge
from pages.ui.dares import dares
from pages.ui.stage import Button, Card, Choice, Knob, Panel, Select, Transport


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in names)


DATA = Select(
    "data", "data",
    _same("circle", "xor", "gaussians", "spiral", "moons", "3 blobs", "4 blobs", "5 blobs",
          "3 rings", "4 rings", "slope", "hills"),
    "circle", shown=True,
)  # fmt: skip
KIND = Select(
    "kind", "features",
    (("none", "one by one"), ("polynomial", "polynomial"), ("radial", "radial basis"),
     ("random", "random")),
    "none", shown=True,
)  # fmt: skip
LOSS = Select(
    "loss", "loss", _same("squared", "cross-entropy", "hinge", "one-vs-rest"), "squared", shown=True
)
OPTIMIZER = Select(
    "optimizer", "optimizer",
    _same("SGD", "momentum", "Nesterov", "RMSProp", "Adagrad", "Adam", "AdamW"), "SGD", shown=True,
)  # fmt: skip
INIT = Select(
    "init", "initial weights", _same("zeros", "small normal", "Xavier", "He", "orthogonal"),
    "Xavier", shown=True,
)  # fmt: skip
SCHEDULE = Select(
    "schedule", "schedule", _same("constant", "step", "cosine", "warm-up"), "constant", shown=True
)
EDGES = Choice(
    "edges", "edges show", (("weight", "weights"), ("gradient", "gradients")), "weight", shown=True
)
SCALE = Choice("scale", "loss axis", _same("log", "linear"), "log", shown=True)
NORM = Choice("norm", "batch norm", _same("off", "on"), "off", shown=True)
STOP = Select(
    "stop", "stop when",
    (("never", "never"), ("loss05", "training loss < 0.05"), ("loss01", "training loss < 0.01"),
     ("right", "all training points right")),
    "never", shown=True,
)  # fmt: skip
RATE = Knob("learning_rate", "learning rate", 1e-5, 10, 0.1, log=True)
BATCH = Knob("batch", "batch", 1, 200, 10)
NOISE = Knob("noise", "noise", 0, 1, 0.1, step=0.05, digits=2)
SHARE = Knob("share", "train share", 0.1, 0.9, 0.5, step=0.05, digits=2)
SEED = Knob("seed", "seed", 1, 999, 1)
TOTAL = Knob("total", "schedule over", 10, 10_000, 1000, step=10, unit=" epochs")
L1 = Knob("l1", "L1", 0, 0.1, 0, step=0.001, digits=3)
L2 = Knob("l2", "L2", 0, 0.1, 0, step=0.001, digits=3)
DROPOUT = Knob("dropout", "dropout", 0, 0.8, 0, step=0.05, digits=2)
MAX_NORM = Knob("max_norm", "max norm", 0, 5, 0, step=0.1, digits=1, words={"0": "none"})
CONTROLS = (
    DATA, KIND, LOSS, OPTIMIZER, INIT, SCHEDULE, EDGES, SCALE, NORM, STOP, RATE, BATCH, NOISE,
    SHARE, SEED, TOTAL, L1, L2, DROPOUT, MAX_NORM,
)  # fmt: skip
FROM_LINK = (
    "features",
    "layers",
    "activation",
    "preset",
    "points",
)  # texts that only the address holds

LOSS_NAMES = ["train", "test", "A train", "A test"]
NET = Card(
    "net",
    columns=(
        (
            Panel("network", "network", alt="the net: features, layers and output, each unit as "
                  "its map over the plane", options={"width": 690, "height": 560}),
        ),
        (
            Panel("plane", "plane", "The plane", "", "output",
                  "what the net says at every place of the plane, with the points",
                  {"size": 410, "edit": True, "points": "points"}),
            Panel("curve", "loss", "Loss", "", "",
                  "loss of training and test points over epochs",
                  {"names": LOSS_NAMES, "log": True, "yTitle": "loss", "xTitle": "epoch",
                   "width": 410, "height": 118, "sparing": True}),
        ),
    ),
    controls=(
        Transport(step="epoch"), Button("batch_step", "one batch"),
        Button("again", "same weights again"), Button("fresh", "new weights"), DATA, OPTIMIZER,
        RATE, EDGES,
    ),
)  # fmt: skip


def story(presets: Iterable[tuple[str, str]]) -> Card:
    """The situations for a lecture, and what is happening now."""
    first, *_ = options = tuple(presets)
    return Card(
        "story",
        columns=((Panel("words", "story", options={"height": 112}),
                  Panel("words", "news", options={"height": 150, "live": True})),),
        controls=(Select("preset", "situation", options, first[0], shown=True),),
        span=5,
    )  # fmt: skip


UNIT = Card(
    "unit",
    columns=((Panel("weights", "unit", options={"of": "network"}),),),
    title="The unit you clicked",
    text="Type a weight, freeze it, or cut it.  Point at the plane to move the cross.",
    span=7,
)
SETUP = Card(
    "setup",
    columns=(),
    controls=(NOISE, SHARE, SEED, KIND, LOSS, INIT, BATCH, SCHEDULE, TOTAL, L1, L2, DROPOUT,
              MAX_NORM, NORM, SCALE, STOP),
    title="Settings",
    text="Learning rate, optimizer, batch and penalties change without a reset; a new shape keeps "
    "the weights that still fit.",
)  # fmt: skip
NUMBERS = Card(
    "numbers",
    columns=(
        (Panel("curve", "score", "Score", "", "", "share right, or R squared, over epochs",
               {"names": LOSS_NAMES, "yTitle": "score", "xTitle": "epoch", "high": 1,
                "width": 270, "height": 150, "sparing": True}),),
        (Panel("cells", "confusion", "Confusion", "", "test points", "confusion matrix",
               {"cell": 34, "limit": 1, "rowTitle": "true class",
                "colTitle": "what the net says"}),),
    ),
    title="How good is it?",
    span=6,
)  # fmt: skip
HIDDEN = Card(
    "hidden",
    columns=((Panel("plane", "space", "The plane", "", "as a layer sees it",
                    "the plane's grid in the coordinates of two hidden units", {"size": 300}),),),
    controls=(Knob("hidden_layer", "layer", 1, 6, 1), Knob("hidden_x", "across: unit", 1, 12, 1),
              Knob("hidden_y", "up: unit", 1, 12, 2)),
    title="The hidden space",
    text="The same grid and points, in the coordinates of two units of one layer.",
    span=6,
)  # fmt: skip
_RUN = {"size": 190, "click": False, "limit": 1}
REPLAY = Card(
    "replay",
    columns=(
        (Panel("image", "run_a", "Run A", "", "", "the plane of run A", _RUN),),
        (Panel("image", "run_b", "Run B", "now", "", "the plane of the run of now", _RUN),),
        (Panel("curve", "replay", "Both", "", "same weights, same batches",
               "losses of both runs over epochs",
               {"names": LOSS_NAMES, "log": True, "yTitle": "loss", "xTitle": "epoch",
                "width": 420, "height": 170, "sparing": True}),),
    ),
    controls=(Button("keep", "keep this run as A, begin again as B"), Transport(step="epoch")),
    title="Replay with one thing changed",
    text="Keep a run as A, change one setting, play: the same initial weights, the same batches.",
)  # fmt: skip
SWEEP = Card(
    "sweep",
    columns=((Panel("maps", "sweep", "Sixteen planes", "", "", "sixteen nets' planes",
                    {"columns": 8, "few": 3, "tile": 112, "gap": 20, "limit": 1, "labelled": True,
                     "whole": True}),),),
    controls=(Button("sweep_rate", "sweep the learning rate"), Button("sweep_seed", "sweep seeds"),
              Button("back", "back to one net"), Transport(step="epoch")),
    title="Sixteen at once",
    text="Sixteen nets train together; the number is the test loss.  Click one to go on with it.",
)  # fmt: skip


def playground(presets: Iterable[tuple[str, str]], challenges: Sequence[Challenge]) -> list[Card]:
    """Return all cards of the playground."""
    return [
        NET,
        story(presets),
        UNIT,
        SETUP,
        NUMBERS,
        HIDDEN,
        REPLAY,
        SWEEP,
        dares(challenges, "play"),
    ]


SOURCES = (
    ("Smilkov, Carter et al.: A neural network playground", "https://playground.tensorflow.org"),
    ("Rumelhart, Hinton & Williams (1986): Learning representations by back-propagating errors",
     "https://doi.org/10.1038/323533a0"),
    ("Glorot & Bengio (2010): Understanding the difficulty of training deep feedforward networks",
     "http://proceedings.mlr.press/v9/glorot10a.html"),
    ("Kingma & Ba (2014): Adam", "https://arxiv.org/abs/1412.6980"),
    ("Srivastava et al. (2014): Dropout", "https://jmlr.org/papers/v15/srivastava14a.html"),
    ("Olah (2014): Neural networks, manifolds, and topology",
     "https://colah.github.io/posts/2014-03-NN-Manifolds-Topology/"),
    ("Wilson et al. (2017): The marginal value of adaptive gradient methods",
     "https://arxiv.org/abs/1705.08292"),
)  # fmt: skip
