"""What can be chosen in the 1-D part."""

from labs.live.controls import Knob, Select
from labs.vision.convolution.plane.controls import FLIP

SIGNAL = Select("signal", "signal",
                (("lecture", "the lecture's 1 1 1 0 0"), ("long", "48 numbers, to draw on"),
                 ("step", "a block"), ("impulse", "an impulse"), ("ramp", "a ramp"),
                 ("noise", "noise"), ("yours", "your own")), "lecture", shown=True)  # fmt: skip
TAPS = Select("taps", "taps",
              (("lecture", "the lecture's 1 0 1"), ("difference", "difference"),
               ("mean", "mean of three"), ("wide", "mean of seven"), ("binomial", "¼ ½ ¼"),
               ("delay", "1 0 0"), ("yours", "your own")), "lecture", shown=True)  # fmt: skip
CONTROLS = (SIGNAL, TAPS, FLIP, Knob("padding", "padding", 0, 3, 0, whole=True))
