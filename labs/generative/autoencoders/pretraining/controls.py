"""What can be turned, chosen and pressed of the pretraining."""

from labs.live.controls import Button, Choice, Knob, Select, same

LABELS = Select("labels", "labelled digits", (*same("10", "20", "50", "100", "200", "500"),
                                              ("all", "all")), "100", shown=True)  # fmt: skip
DEPTH = Choice("depth", "hidden layers", same("2", "3"), "2", shown=True)
SWEEPS = Knob("sweeps", "sweeps of CD-1 a layer", 1, 20, 5, whole=True)
RATE = Knob("learning_rate", "learning rate", 1e-3, 1, 0.1, log=True)
SEED = Knob("seed", "seed", 1, 999, 1, whole=True)
AGAIN = Button("again", "begin again")
CONTROLS = (LABELS, DEPTH, SWEEPS, RATE, SEED, AGAIN)
