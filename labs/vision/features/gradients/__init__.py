"""Histograms of oriented gradients (HOG)."""

from labs.vision.features.gradients.experiment import NAMES, Histograms
from labs.vision.features.gradients.hog import blocks, cells, differences, hog
from labs.vision.features.gradients.inverse import Inverse

__all__ = ["NAMES", "Histograms", "Inverse", "blocks", "cells", "differences", "hog"]
