"""Convolution under the fingers: the operation written out, and what it is good for."""

from labs.vision.convolution.convolve import convolve, transpose

__all__ = ["convolve", "transpose"]
