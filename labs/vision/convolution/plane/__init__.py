"""One kernel over one picture: drag a number, and the picture answers."""

from labs.vision.convolution.plane.experiment import Filter

__all__ = ["Filter"]
