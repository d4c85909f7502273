"""The GAN labs: on the plane, and digits."""

from labs.generative.gan.digits import Digits
from labs.generative.gan.plane import Gan

__all__ = ["Digits", "Gan"]
