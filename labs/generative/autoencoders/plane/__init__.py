"""A plane of codes: every place on it is a digit."""

from labs.generative.autoencoders.plane.experiment import Plane

__all__ = ["Plane"]
