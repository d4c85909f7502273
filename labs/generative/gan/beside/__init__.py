"""Autoencoder, variational autoencoder and GAN beside each other, on the same digits."""

from labs.generative.gan.beside.experiment import Beside

__all__ = ["Beside"]
