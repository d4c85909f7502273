"""Kernels: the classic ones, what can be told from one, and how an address carries one."""

from labs.vision.convolution.kernels.formulas import (
    Shape,
    box,
    gabor,
    gaussian,
    laplacian_of_gaussian,
    motion,
    wave_at,
    wave_place,
)
from labs.vision.convolution.kernels.presets import FIXED, NAMES, SIZES, preset, resize, rows
from labs.vision.convolution.kernels.text import read, read_as, read_row, written
from labs.vision.convolution.kernels.traits import Separation, normalise, response, separate

__all__ = [
    "FIXED",
    "NAMES",
    "SIZES",
    "Separation",
    "Shape",
    "box",
    "gabor",
    "gaussian",
    "laplacian_of_gaussian",
    "motion",
    "normalise",
    "preset",
    "read",
    "read_as",
    "read_row",
    "resize",
    "response",
    "rows",
    "separate",
    "wave_at",
    "wave_place",
    "written",
]
