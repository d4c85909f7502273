"""Optimizers race on loss surfaces: formulas of two variables and slices through real nets."""

from labs.basics.optimizers.experiment import Optimizers

__all__ = ["Optimizers"]
