"""What can be turned, chosen and pressed of the variational autoencoder."""

from labs.generative.autoencoders.nets import ANOTHER, NET
from labs.live.controls import Button, Knob

BETA = Knob("beta", "β", 0, 20, 1, step=0.1, digits=1)
RATE = Knob("learning_rate", "learning rate", 1e-5, 1e-2, 5e-4, log=True)
NUMBER = Knob("number", "number of the code", 1, 20, 1, whole=True)
THROW = Knob("throw", "throw of the die", 1, 99, 1, whole=True)
AGAIN = Button("again", "as the zoo has it", trains=True)
SCRATCH = Button("scratch", "from scratch", trains=True)
CONTROLS = (NET, ANOTHER, BETA, RATE, NUMBER, THROW, AGAIN, SCRATCH)
