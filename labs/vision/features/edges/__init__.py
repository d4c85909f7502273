"""Edges by Canny's method."""

from labs.vision.features.edges.experiment import Edges

__all__ = ["Edges"]
