"""The architectures built from convolutions, from LeNet-5 to your own."""

from labs.vision.architectures.experiment import Architectures
from labs.vision.architectures.survey import survey

__all__ = ["Architectures", "survey"]
