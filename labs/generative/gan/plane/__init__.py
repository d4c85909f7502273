"""A GAN on the plane, where both nets can be seen whole."""

from labs.generative.gan.plane.experiment import Gan

__all__ = ["Gan"]
