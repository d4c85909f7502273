"""A dense net that can be read: forward, backward, losses and optimizers in plain tensors.

net = initialise(Dense(2, [Layer(4), Layer(1)]), "Xavier", generator)
p = net.forward(x, training=True)                      # x: (inputs, N), a column an example
net.backward(p, LOSSES["squared"].slope(p.output, y))  # fills net.gradient, p.g and p.delta
optimizer.step(net.theta, net.gradient, 0.03)
"""

from labs.models.dense.activations import ACTIVATIONS, Activation
from labs.models.dense.initial import INITIAL, initialise, mirror, transplant
from labs.models.dense.losses import LOSSES, Loss
from labs.models.dense.net import Dense, Layer, Passes
from labs.models.dense.optimizers import OPTIMIZERS, Optimizer
from labs.models.dense.schedules import SCHEDULES
from labs.models.dense.together import Together
from labs.models.dense.training import Training, train_step

__all__ = [
    "ACTIVATIONS", "INITIAL", "LOSSES", "OPTIMIZERS", "SCHEDULES", "Activation", "Dense", "Layer",
    "Loss", "Optimizer", "Passes", "Together", "Training", "initialise", "mirror", "train_step",
    "transplant",
]  # fmt: skip
