"""An autoencoder in training: a drawing through a few numbers and back, beside PCA."""

from labs.generative.autoencoders.bottleneck.experiment import Bottleneck

__all__ = ["Bottleneck"]
