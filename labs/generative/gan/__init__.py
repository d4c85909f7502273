"""The GAN labs: on the plane, digits, digits from scratch, and beside autoencoders."""

from labs.generative.gan.beside import Beside
from labs.generative.gan.digits import Digits
from labs.generative.gan.film import Film
from labs.generative.gan.plane import Gan

__all__ = ["Beside", "Digits", "Film", "Gan"]
