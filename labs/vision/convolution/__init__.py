"""Convolution under the fingers: the operation written out, and what it is good for."""

from labs.vision.convolution.convolve import convolve, transpose
from labs.vision.convolution.plane import Filter

__all__ = ["Filter", "convolve", "transpose"]
