"""What can be turned, chosen and pressed of the Boltzmann machine."""

from labs.live.controls import Button, Choice, Knob

CLAMP = Choice("clamp", "held fast", (("nothing", "nothing"), ("upper", "the upper half"),
                                      ("left", "the left half")), "upper", shown=True)  # fmt: skip
SEED = Knob("seed", "seed", 1, 999, 1, whole=True)
AGAIN = Button("again", "begin at the drawing")
CONTROLS = (CLAMP, SEED, AGAIN)
