"""The approximation lab: a drawn function, and what width, depth and bends are worth."""

from labs.basics.approximation.experiment import Approximation

__all__ = ["Approximation"]
