"""Dream: what a network wants to see."""

from labs.vision.dream.classes import Pair
from labs.vision.dream.experiment import Dream
from labs.vision.dream.gallery import Neurons

__all__ = ["Dream", "Neurons", "Pair"]
