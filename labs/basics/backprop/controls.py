"""What can be chosen, turned, pressed and walked through in the backprop lab."""

from labs.basics.backprop.notation import NOTATIONS
from labs.basics.backprop.presets import PRESETS
from labs.live.controls import Button, Choice, Knob, Select, Timeline, same

PRESET = Select("preset", "net", tuple((key, preset.title) for key, preset in PRESETS.items()),
                "logistic")  # fmt: skip
# What these begin with is the preset's, see `Backprop.usual`.
HIDDEN = Select("hidden", "sizes", same("1", "2", "3", "4", "2-2", "3-2", "3-3", "4-3"), "2")
ACTIVATION = Choice("activation", "hidden units",
                    (("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "ReLU")), "sigmoid",
                    shown=True)  # fmt: skip
LOSS = Select("loss", "loss",
              (("log", "cross-entropy of a logistic unit"),
               ("binary cross-entropy", "the same, of a logit"),
               ("softmax cross-entropy", "softmax cross-entropy"), ("squared", "squared")),
              "log")  # fmt: skip
NOTATION = Choice("notation", "notation", tuple(NOTATIONS.items()), "letters", shown=True)
EXAMPLE = Choice("example", "example", same("1", "2", "3", "4"), "1", shown=True)
BATCH = Choice("batch", "update by", (("one", "this example"), ("all", "all four")), "one",
               shown=True)  # fmt: skip
PACE = Choice("pace", "play", (("moments", "number by number"), ("updates", "whole updates")),
              "moments", shown=True)  # fmt: skip
RATE = Knob("rate", "learning rate", 1e-3, 30, 0.5, log=True)
AGAIN = Button("again", "Initial weights")
TIMELINE = Timeline("timeline", "moment", "moment of the passes")
CONTROLS = (PRESET, HIDDEN, ACTIVATION, LOSS, NOTATION, EXAMPLE, BATCH, PACE, RATE, AGAIN,
            TIMELINE)  # fmt: skip
