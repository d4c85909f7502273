"""What can be turned, chosen and pressed of the GAN of digits."""

from labs.live.controls import Button, Choice, Knob, same

CLASS = Choice("digit", "digit", same(*(str(k) for k in range(10))), "3", shown=True)
THROW = Knob("throw", "plane through the noise", 1, 99, 1, whole=True)
FRESH = Knob("fakes", "throw of the fakes", 1, 99, 1, whole=True)
BETTER = Button("better", "more real, one step", trains=True)
BACK = Button("back", "as drawn", trains=True)
CONTROLS = (CLASS, THROW, FRESH, BETTER, BACK)
