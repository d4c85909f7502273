"""What can be turned, chosen and pressed in the depth lab."""

from labs.basics.depth.net import INITIAL
from labs.basics.depth.presets import KEPT, OWN, PRESETS
from labs.live.controls import Button, Choice, Knob, Select, same

_TITLES = tuple((key, preset.title) for key, preset in PRESETS.items())
_SWITCH = same("off", "on")

PRESET = Select("preset", "net", (*_TITLES, (OWN, "your own")), "sigmoid")
SECOND = Select("second", "beside it",
                (*_TITLES, (KEPT, "the one put aside"), ("none", "none")), "relu")  # fmt: skip
RATE = Knob("learning_rate", "learning rate", 1e-4, 3, 0.1, log=True)
SHAPE = (
    Knob("depth", "depth", 1, 50, 10, whole=True),
    Knob("width", "width", 8, 64, 32, whole=True),
    Choice("activation", "activation",
           (("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "ReLU")), "sigmoid", shown=True),
    Select("initial", "weights", same(*INITIAL), "Xavier"),
    Knob("gain", "weights ×", 0.05, 4, 1, log=True),
    Choice("norm", "batch norm", _SWITCH, "off", shown=True),
    Choice("residual", "residual", _SWITCH, "off", shown=True),
    Knob("dropout", "dropout", 0, 0.8, 0, step=0.05, digits=2),
)  # fmt: skip
NET = (*SHAPE, RATE)
KEEP = Button("keep", "Put mine aside, to compare")
AGAIN = Button("again", "Start again")
CONTROLS = (PRESET, *NET, SECOND, KEEP, AGAIN)
