"""What can be turned, chosen and pressed of the GANs of drawings."""

from labs.live.controls import Button, Choice, Knob, Select, same
from labs.models.digit_gan import DOODLES

NET = Choice("net", "forged", same("digits", "doodles"), "digits", shown=True)
CLASS = Choice("digit", "digit", same(*(str(k) for k in range(10))), "3", shown=True)
KIND = Select("kind", "kind", same(*DOODLES), "sailboat", shown=True)
THROW = Knob("throw", "plane through the noise", 1, 99, 1, whole=True)
FRESH = Knob("fakes", "throw of the fakes", 1, 99, 1, whole=True)
BETTER = Button("better", "more real, one step", trains=True)
BACK = Button("back", "as drawn", trains=True)
CONTROLS = (NET, CLASS, KIND, THROW, FRESH, BETTER, BACK)
