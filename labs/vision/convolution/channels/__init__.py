"""Convolution over channels: volumes, banks of kernels, and their cheaper halves."""

from labs.vision.convolution.channels.experiment import Channels

__all__ = ["Channels"]
