"""A GAN of digits that learns from scratch, and the film of it."""

from labs.generative.gan.film.experiment import Film

__all__ = ["Film"]
