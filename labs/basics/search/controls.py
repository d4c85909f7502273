"""What can be turned, chosen and pressed in the search lab."""

from labs.basics.search.objectives import OBJECTIVES
from labs.live.controls import Button, Choice, Knob, Select

OBJECTIVE = Select("objective", "objective", tuple((k, o.title) for k, o in OBJECTIVES.items()),
                   "surface", shown=True)  # fmt: skip
TRAININGS = Choice("trainings", "budget of each, full trainings",
                   (("8", "8"), ("27", "27"), ("64", "64")), "27", shown=True)  # fmt: skip
ETA = Knob("eta", "halving's η", 2, 4, 3, whole=True)
RACES = Knob("races", "races with other seeds", 1, 20, 3, whole=True)
SEED = Knob("seed", "first seed", 1, 99, 1, whole=True)
AXES = Choice("axes", "picture of settings", (("01", "1st and 2nd"), ("02", "1st and 3rd"),
              ("12", "2nd and 3rd")), "01", shown=True)  # fmt: skip
THIRD = Knob("third", "yours, out of the picture", 0, 1, 0.5, step=0.01, digits=2)
AGAIN = Button("again", "Begin again")
CONTROLS = (OBJECTIVE, TRAININGS, ETA, RACES, SEED, AXES, THIRD, AGAIN)
