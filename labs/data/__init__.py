"""Data sets: every loader returns a `Split` of float images in [0, 1] and integer labels."""

from labs.data.split import Split

__all__ = ["Split"]
