"""A code that is a distribution, and what its two terms weigh."""

from labs.generative.autoencoders.variational.experiment import Variational

__all__ = ["Variational"]
