"""A restricted Boltzmann machine whose Gibbs chain begins at a drawing."""

from labs.generative.autoencoders.machine.experiment import Machine

__all__ = ["Machine"]
