"""Noise on a drawing, taken off by a code that is wider than the picture."""

from labs.generative.autoencoders.denoising.experiment import Denoising

__all__ = ["Denoising"]
