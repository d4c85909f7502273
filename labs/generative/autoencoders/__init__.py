"""The autoencoder labs: a bottleneck, noise, codes, distributions, Boltzmann machines."""

from labs.generative.autoencoders.bottleneck import Bottleneck
from labs.generative.autoencoders.denoising import Denoising
from labs.generative.autoencoders.machine import Machine
from labs.generative.autoencoders.numbers import Numbers
from labs.generative.autoencoders.plane import Plane
from labs.generative.autoencoders.pretraining import Pretraining
from labs.generative.autoencoders.variational import Variational

__all__ = ["Bottleneck", "Denoising", "Machine", "Numbers", "Plane", "Pretraining", "Variational"]
