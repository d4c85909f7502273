"""Convolution, ReLU and pooling stacked: your own kernels, and LeNet's learned ones."""

from labs.vision.convolution.pipeline.experiment import Pipeline

__all__ = ["Pipeline"]
