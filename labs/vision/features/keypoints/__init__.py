"""Key points that are found again: SIFT, and the same measured for learned descriptors."""

from labs.vision.features.keypoints.experiment import Keypoints

__all__ = ["Keypoints"]
