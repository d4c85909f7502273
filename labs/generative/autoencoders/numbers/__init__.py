"""Twenty numbers of a code under the hand, and any two directions among them as a plane."""

from labs.generative.autoencoders.numbers.experiment import Numbers

__all__ = ["Numbers"]
