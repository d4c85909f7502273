"""What can be turned, chosen and pressed at the bottleneck."""

from labs.live.controls import Button, Knob, Select, same

ACTIVATIONS = ("tanh", "relu", "leaky relu", "sigmoid", "silu", "gelu")

CODE = Knob("code", "code", 1, 64, 8, unit=" numbers", words={"1": "1 number"}, whole=True)
DEPTH = Knob("depth", "hidden layers", 0, 2, 0, whole=True,
             words={"0": "none: linear", "1": "1 on each side", "2": "2 on each side"})  # fmt: skip
ACTIVATION = Select("activation", "units", same(*ACTIVATIONS), "tanh", shown=True)
NOISE = Knob("noise", "noise in training", 0, 0.8, 0, step=0.05, digits=2,
             words={"0.00": "none"})  # fmt: skip
SPARSE = Knob("sparse", "l1 on the code", 0, 0.3, 0, step=0.01, digits=2, words={"0.00": "none"})
RATE = Knob("learning_rate", "learning rate", 1e-4, 0.1, 3e-3, log=True)
SEED = Knob("seed", "seed", 1, 999, 1, whole=True)
AGAIN = Button("again", "same weights again")
CONTROLS = (CODE, DEPTH, ACTIVATION, NOISE, SPARSE, RATE, SEED, AGAIN)
