"""What can be turned, chosen and pressed in the neuron lab."""

from labs.basics.neuron.gates import GATES, NAMED
from labs.live.controls import Button, Choice, Knob, same

LARGEST = 40.0  # size of a weight

GATE = Choice("gate", "gate", same(*GATES), "AND", shown=True)
KIND = Choice(
    "kind", "unit",
    (("threshold", "McCulloch–Pitts"), ("perceptron", "perceptron"), ("logistic", "logistic")),
    "logistic", shown=True,
)  # fmt: skip
WEIGHTS = tuple(
    Knob(name, label, -LARGEST, LARGEST, default, step=0.1, digits=1)
    for name, label, default in (("bias", "bias", -30), ("w1", "w₁", 20), ("w2", "w₂", 20))
)
RATE = Knob("learning_rate", "learning rate", 0.01, 10, 0.5, log=True)
ZERO = Button("zero", "start from zero")
LECTURE = Button("lecture", "the lecture's weights")
PUT = tuple(Button(f"put {gate}", gate, "put", (gate,)) for gate in NAMED)
XNOR = Button("xnor", "XNOR as in the lecture")
CONTROLS = (GATE, KIND, *WEIGHTS, RATE, ZERO, LECTURE, *PUT, XNOR)
