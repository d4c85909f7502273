"""The autoencoder labs: a bottleneck, and a plane of codes."""

from labs.generative.autoencoders.bottleneck import Bottleneck
from labs.generative.autoencoders.plane import Plane

__all__ = ["Bottleneck", "Plane"]
