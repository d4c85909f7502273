"""A GAN of digits: walk its noise, and hear its discriminator on your drawing."""

from labs.generative.gan.digits.experiment import Digits

__all__ = ["Digits"]
