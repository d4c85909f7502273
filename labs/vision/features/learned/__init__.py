"""What a network learned to look for, from its first kernels to its last maps."""

from labs.vision.features.learned.experiment import Learned

__all__ = ["Learned"]
