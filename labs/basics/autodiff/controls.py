"""What can be chosen, turned and walked through in the autodiff lab."""

from labs.basics.autodiff.presets import OWN, PRESETS
from labs.live.controls import Choice, Knob, Select, Timeline

PRESET = Select("preset", "expression",
                (*((key, preset.title) for key, preset in PRESETS.items()), (OWN, "your own")),
                "lecture")  # fmt: skip
VERSION = Choice("version", "backwards",
                 (("users", "sum over users"), ("increments", "increment the inputs")), "users",
                 shown=True)  # fmt: skip
STEP = Knob("h", "step h", 1e-14, 1, 1e-5, log=True)
TIMELINE = Timeline("timeline", "moment", "moment of the trace")
CONTROLS = (PRESET, VERSION, STEP, TIMELINE)
