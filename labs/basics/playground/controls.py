"""What can be set and pressed in the playground, each with its place in the address."""

from labs.basics.playground.features import chosen
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.setup import MOST_LAYERS, MOST_UNITS, NO_LAYER, sizes
from labs.basics.playground.task import CHOICES
from labs.data import plane
from labs.live.checks import option
from labs.live.controls import Button, Choice, Knob, Select, Text, Value, same
from labs.models import dense

# When to stop: its words, the training loss to be below, the share right to be reached.
STOPS = {
    "never": ("never", 0.0, 2.0), "loss05": ("training loss < 0.05", 0.05, 2.0),
    "loss01": ("training loss < 0.01", 0.01, 2.0), "right": ("all training points right", 0.0, 1.0),
}  # fmt: skip


def _activations(text: str) -> str:
    return ",".join(option(f, dense.ACTIVATIONS, "An activation") for f in text.split(","))


PRESET = Select("preset", "situation", tuple((k, p.title) for k, p in PRESETS.items()), "circle",
                shown=True)  # fmt: skip
DATA = Select("data", "data", same(*plane.DATA), "circle", shown=True)
KIND = Select(
    "kind", "features",
    (("none", "one by one"), ("polynomial", "polynomial"), ("radial", "radial basis"),
     ("random", "random")),
    "none", shown=True,
)  # fmt: skip
LOSS = Select("loss", "loss", same(*CHOICES), "squared", shown=True)
OPTIMIZER = Select("optimizer", "optimizer", same(*dense.OPTIMIZERS), "SGD", shown=True)
INIT = Select("init", "initial weights", same(*dense.INITIAL), "Xavier", shown=True)
SCHEDULE = Select("schedule", "schedule", same(*dense.SCHEDULES), "constant", shown=True)
EDGES = Choice(
    "edges", "edges show", (("weight", "weights"), ("gradient", "gradients")), "weight", shown=True
)
SCALE = Choice("scale", "loss axis", same("log", "linear"), "log", shown=True)
NORM = Choice("norm", "batch norm", same("off", "on"), "off", shown=True)
STOP = Select("stop", "stop when", tuple((k, text) for k, (text, *_) in STOPS.items()), "never",
              shown=True)  # fmt: skip
RATE = Knob("learning_rate", "learning rate", 1e-5, 10, 0.1, log=True)
BATCH = Knob("batch", "batch", 1, 200, 10, whole=True)
NOISE = Knob("noise", "noise", 0, 1, 0.1, step=0.05, digits=2)
SHARE = Knob("share", "train share", 0.1, 0.9, 0.5, step=0.005, digits=3)
SEED = Knob("seed", "seed", 1, 999, 1, whole=True)
TOTAL = Knob("total", "schedule over", 10, 10_000, 1000, step=10, unit=" epochs", whole=True)
L1 = Knob("l1", "L1", 0, 0.1, 0, step=0.001, digits=3)
L2 = Knob("l2", "L2", 0, 0.1, 0, step=0.001, digits=3)
DROPOUT = Knob("dropout", "dropout", 0, 0.8, 0, step=0.05, digits=2)
MAX_NORM = Knob("max_norm", "max norm", 0, 5, 0, step=0.1, digits=1, words={"0": "none"})
TEXTS = (
    Text("features", "x1,x2", lambda text: ",".join(f.key for f in chosen(text, "none"))),
    Text("layers", "4,2", lambda text: ",".join(map(str, sizes(text))) or NO_LAYER),
    Text("activation", "tanh", _activations),  # one, or one a layer
)
AXES = (
    Knob("hidden_layer", "layer", 1, MOST_LAYERS, 1, whole=True),
    Knob("hidden_x", "across: unit", 1, MOST_UNITS, 1, whole=True),
    Knob("hidden_y", "up: unit", 1, MOST_UNITS, 2, whole=True),
)
AT_HAND = (OPTIMIZER, RATE, EDGES)  # under the net, where DATA is too
SETTINGS = (
    NOISE, SHARE, SEED, KIND, LOSS, INIT, BATCH, SCHEDULE, TOTAL, L1, L2, DROPOUT, MAX_NORM, NORM,
    SCALE, STOP,
)  # fmt: skip
OF_PRESET = (DATA, *AT_HAND, *SETTINGS, *TEXTS, *AXES)
USUAL: dict[str, Value] = {control.name: control.default for control in OF_PRESET}

BATCH_STEP = Button("batch_step", "one batch", trains=True)
AGAIN = Button("again", "same weights again")
FRESH = Button("fresh", "new weights")
KEEP = Button("keep", "keep this run as A, begin again as B", trains=True)
SWEEPS = (
    Button("sweep_rate", "sweep the learning rate", "begin_sweep", ("rate",), trains=True),
    Button("sweep_seed", "sweep seeds", "begin_sweep", ("seed",), trains=True),
    Button("grid", "256 nets on the workers", "begin_grid", trains=True),
    Button("back", "back to one net"),
)
CONTROLS = (PRESET, *OF_PRESET, BATCH_STEP, AGAIN, FRESH, KEEP, *SWEEPS)
