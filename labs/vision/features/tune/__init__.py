"""Two heads on one body, and the last block trained or left as it is."""

from labs.vision.features.tune.experiment import Tune

__all__ = ["Tune"]
