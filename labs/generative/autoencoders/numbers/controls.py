"""What can be turned, chosen and pressed of the twenty numbers."""

from labs.generative.autoencoders.nets import ANOTHER, NET
from labs.live.controls import Button, Choice, Knob

PLANE = Choice("plane", "plane through", (("most", "where codes differ most"),
                                          ("two", "two numbers")), "most", shown=True)  # fmt: skip
ACROSS = Knob("across", "to the right", 1, 20, 1, whole=True)
UP = Knob("up", "upwards", 1, 20, 2, whole=True)
BACK = Button("back", "the drawing's own code")
WALK = Knob("walk", "from A to B", 0, 1, 0, step=0.01, digits=2, wide=True)
KEEP_A = Button("keep_a", "my drawing is A", "keep", ("A",))
KEEP_B = Button("keep_b", "my drawing is B", "keep", ("B",))
CONTROLS = (NET, ANOTHER, PLANE, ACROSS, UP, BACK, WALK, KEEP_A, KEEP_B)
