"""What can be turned, chosen and pressed in the approximation lab."""

from labs.basics.approximation.target import SHAPES
from labs.live.controls import Button, Choice, Knob, Select, same
from labs.models.dense import ACTIVATIONS

ALL = 40  # units that a layer has at most; to be added up, all there are

SHAPE = Choice("shape", "function", same(*SHAPES), "wave", shown=True)
ACTIVATION = Select("activation", "units", same(*ACTIVATIONS), "tanh", shown=True)
WIDTH = Knob("width", "width", 1, ALL, 8, whole=True)
DEPTH = Knob("depth", "hidden layers", 1, 4, 1, whole=True)
L2 = Knob("l2", "L2", 0, 0.1, 0, step=0.001, digits=3)
RATE = Knob("learning_rate", "learning rate", 1e-4, 1, 0.02, log=True)
SEED = Knob("seed", "seed", 1, 999, 1, whole=True)
FOLDS = Knob("folds", "layers", 1, 7, 4, whole=True)
BITS = Knob("bits", "bits", 2, 8, 4, whole=True)
SUM = Knob("sum", "add up the first", 0, ALL, ALL, unit=" units", words={str(ALL): "all units"},
           whole=True)  # fmt: skip
AGAIN = Button("again", "same weights again")
FRESH = Button("fresh", "new weights")
RELINEAR = Button("relinear", "other weights")
CONTROLS = (SHAPE, ACTIVATION, WIDTH, DEPTH, L2, RATE, SEED, FOLDS, BITS, SUM, AGAIN, FRESH,
            RELINEAR)  # fmt: skip
