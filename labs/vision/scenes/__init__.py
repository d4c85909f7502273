"""A drawn scene: which pixel, which box."""

from labs.vision.scenes.detection import Boxes
from labs.vision.scenes.draw import Draw
from labs.vision.scenes.learning import Learning
from labs.vision.scenes.score import Score
from labs.vision.scenes.segmentation import Pixels

__all__ = ["Boxes", "Draw", "Learning", "Pixels", "Score"]
