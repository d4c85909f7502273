"""Layer-wise pretraining, measured against random weights at the same cost."""

from labs.generative.autoencoders.pretraining.experiment import Pretraining

__all__ = ["Pretraining"]
