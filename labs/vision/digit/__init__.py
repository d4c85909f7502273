"""LeNet-5 on a drawing: forward, backward, and the arithmetic of every unit."""

from labs.drawing.mnist import as_mnist
from labs.vision.digit.experiment import Digit

__all__ = ["Digit", "as_mnist"]
