"""Dream: what a network wants to see."""

from labs.vision.dream.experiment import Dream

__all__ = ["Dream"]
