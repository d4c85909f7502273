"""What can be set in the playground, each with its place in the address."""

from pages.ui.stage import Choice, Knob, Select


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in names)


DATA = Select(
    "data", "data",
    _same("circle", "xor", "gaussians", "spiral", "moons", "3 blobs", "4 blobs", "5 blobs",
          "3 rings", "4 rings", "5 rings", "slope", "hills"),
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
SHARE = Knob("share", "train share", 0.1, 0.9, 0.5, step=0.005, digits=3)
SEED = Knob("seed", "seed", 1, 999, 1)
TOTAL = Knob("total", "schedule over", 10, 10_000, 1000, step=10, unit=" epochs")
L1 = Knob("l1", "L1", 0, 0.1, 0, step=0.001, digits=3)
L2 = Knob("l2", "L2", 0, 0.1, 0, step=0.001, digits=3)
DROPOUT = Knob("dropout", "dropout", 0, 0.8, 0, step=0.05, digits=2)
MAX_NORM = Knob("max_norm", "max norm", 0, 5, 0, step=0.1, digits=1, words={"0": "none"})
AT_HAND = (OPTIMIZER, RATE, EDGES)  # under the net, where DATA is too
SETTINGS = (
    NOISE, SHARE, SEED, KIND, LOSS, INIT, BATCH, SCHEDULE, TOTAL, L1, L2, DROPOUT, MAX_NORM, NORM,
    SCALE, STOP,
)  # fmt: skip
AXES = (
    Knob("hidden_layer", "layer", 1, 6, 1), Knob("hidden_x", "across: unit", 1, 12, 1),
    Knob("hidden_y", "up: unit", 1, 12, 2),
)  # fmt: skip
CONTROLS = (DATA, *AT_HAND, *SETTINGS, *AXES)
FROM_LINK = ("features", "layers", "activation", "preset", "points")  # only the address holds them
