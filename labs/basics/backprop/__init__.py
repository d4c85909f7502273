"""Backpropagation in a small dense net, every number of both passes."""

from labs.basics.backprop.experiment import Backprop

__all__ = ["Backprop"]
