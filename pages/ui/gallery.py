"""The gallery: a picture of every lab, in the shape that all cards share."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import streamlit as st

from labs.figures.sheet import sheet
from labs.live.lab import Lab
from pages.catalogue import Entry

SHAPE = 0.34  # height of a picture on a card, over its width


def framed(picture: np.ndarray) -> np.ndarray:
    """Return picture (H, W, 3) of bytes in the shape that all cards share: cut, or with a clear
    margin, as (H', W', 4).
    """
    width = picture.shape[1]
    cut = picture[: round(2 * SHAPE * width)]  # of a tall one, the upper part says enough
    tall = max(cut.shape[0], round(SHAPE * width))
    wide = max(width, round(tall / SHAPE))
    frame = np.zeros((tall, wide, 4), np.uint8)
    top, left = (tall - cut.shape[0]) // 2, (wide - width) // 2
    frame[top : top + cut.shape[0], left : left + width, :3] = cut
    frame[top : top + cut.shape[0], left : left + width, 3] = 255
    return frame


@st.cache_data
def first_map(module: str, theme: str) -> np.ndarray:
    """The first maps (K, H, W) of a lab's frame, in as many columns as fill a card best."""
    found = [maps.numpy() for maps in lab_of(module)().frame().maps.values() if maps.ndim == 3]
    if not found:
        raise ValueError(
            f"labs.{module} shows no maps for its card; it needs one in pages/ui/covers"
        )
    count, height, width = found[0].shape
    tall = {c: -(-count // c) * height / (c * width) for c in range(1, count + 1)}
    best = min(tall, key=lambda columns: abs(tall[columns] - SHAPE))
    return sheet(found[0], columns=best, scale=max(1, 300 // width), theme=theme)


def lab_of(module: str) -> type[Lab]:
    """Return the lab of a module below labs/: the first that it holds."""
    held = vars(import_module(f"labs.{module}")).values()
    return next(x for x in held if isinstance(x, type) and issubclass(x, Lab) and x is not Lab)


def made(entry: Entry) -> Callable[[str], np.ndarray] | None:
    """Return what makes a lab's picture of a theme: in its section's module, by its name."""
    module = f"pages.ui.covers.{entry.place.split('/')[0]}"
    return getattr(import_module(module), entry.name, None) if find_spec(module) else None


def cover(entry: Entry, theme: str) -> np.ndarray:
    """Return the picture (H, W, 3) on a lab's card: one that is made for it, or its first map."""
    if make := made(entry):
        return make(theme)
    return first_map(entry.place.replace("/", "."), theme)
