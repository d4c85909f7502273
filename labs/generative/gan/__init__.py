"""The GAN labs: on the plane, digits, and digits from scratch."""

from labs.generative.gan.digits import Digits
from labs.generative.gan.film import Film
from labs.generative.gan.plane import Gan

__all__ = ["Digits", "Film", "Gan"]
