"""Classes of one's own: a head on the features of a trained network."""

from labs.vision.features.teach.experiment import Teach

__all__ = ["Teach"]
