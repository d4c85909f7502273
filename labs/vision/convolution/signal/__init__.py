"""One dimension: a signal, a few taps, the sliding window, and the matrix that it is."""

from labs.vision.convolution.signal.examples import SIGNALS, TAPS
from labs.vision.convolution.signal.experiment import Signal
from labs.vision.convolution.signal.matrix import banded, counts

__all__ = ["SIGNALS", "TAPS", "Signal", "banded", "counts"]
