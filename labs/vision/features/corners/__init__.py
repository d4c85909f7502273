"""Corners by the method of Harris and Stephens."""

from labs.vision.features.corners.experiment import Corners

__all__ = ["Corners"]
