"""Why deep nets were hard: what every layer passes on, and what was invented so that it does."""

from labs.basics.depth.experiment import Depth

__all__ = ["Depth"]
