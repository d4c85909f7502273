"""Pooling: one number for every window, and how little it cares where in the window it stood."""

from labs.vision.convolution.pooling.experiment import Pooling

__all__ = ["Pooling"]
