"""What can be turned, chosen and pressed on the plane of codes."""

from labs.live.controls import Button, Knob

WALK = Knob("walk", "from A to B", 0, 1, 0, step=0.01, digits=2, wide=True)
KEEP_A = Button("keep_a", "my drawing is A", "keep", ("A",))
KEEP_B = Button("keep_b", "my drawing is B", "keep", ("B",))
CONTROLS = (WALK, KEEP_A, KEEP_B)
