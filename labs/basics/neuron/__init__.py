"""The neuron lab: one unit and its line, and what two layers of them can say."""

from labs.basics.neuron.experiment import Neuron

__all__ = ["Neuron"]
