"""Frames: named tensors for the eye, packed into one safetensors message.

A map is quantised to 8 bits with a range of its own, because a screen shows no more; the numbers
that people read travel exactly.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import orjson
from torch import Tensor

LEVELS = 254  # an even count, so that zero of a signed range is level 127 exactly
TINY = np.float32(1e-30)  # a range of one value only
LARGE = 1 << 14  # cells from which a map is quantised by itself: its passes then cost most
NOT_A_NUMBER = 255  # the level that stands for NaN and infinity
TYPES = {np.dtype(np.uint8): "U8", np.dtype(np.float32): "F32"}

Arrays = dict[str, np.ndarray]


@dataclass
class Frame:
    """What one moment looks like.  A panel draws what carries its name."""

    maps: dict[str, Tensor] = field(default_factory=dict)  # (K, H, W) or (K,): one range per k
    values: dict[str, Tensor] = field(default_factory=dict)  # exact numbers, any shape
    images: dict[str, bytes] = field(default_factory=dict)  # JPEG or PNG
    notes: dict[str, Any] = field(default_factory=dict)  # JSON: captions, marks, settings


def encode(frame: Frame, **header: float | bool) -> bytes:
    """Return `frame` as safetensors: `maps/<name>` (uint8) with `range/<name>` (float32, (K, 2)),
    `values/<name>` (float32), `images/<name>` (uint8), and the notes and `header` as metadata.
    """
    arrays: Arrays = {}
    levels, ranges = quantise({name: x.detach().numpy() for name, x in frame.maps.items()})
    for name in frame.maps:
        arrays[f"maps/{name}"], arrays[f"range/{name}"] = levels[name], ranges[name]
    for name, x in frame.values.items():
        # contiguous: safetensors writes an array's memory as it lies, strides or no strides
        arrays[f"values/{name}"] = np.ascontiguousarray(x.detach().numpy(), dtype=np.float32)
    for name, data in frame.images.items():
        arrays[f"images/{name}"] = np.frombuffer(data, np.uint8)
    meta = {"notes": to_json(frame.notes)} | {k: str(+v) for k, v in header.items()}  # +True is 1
    return to_safetensors(arrays, meta)


def to_safetensors(arrays: Arrays, metadata: Mapping[str, str]) -> bytes:
    """Return a safetensors message: the header's length, the header, the numbers.

    The library's own writer takes several times as long for arrays as small as these.
    https://huggingface.co/docs/safetensors/index#format
    """
    header: dict[str, Any] = {"__metadata__": metadata}
    end = 0
    for name, x in arrays.items():
        begin, end = end, end + x.nbytes
        header[name] = {"dtype": TYPES[x.dtype], "shape": x.shape, "data_offsets": (begin, end)}
    text = orjson.dumps(header)
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *arrays.values()])


def quantise(maps: Mapping[str, np.ndarray]) -> tuple[Arrays, Arrays]:
    """Return each map (K, ...) as levels 0..254, and its ranges (K, 2), one for each of the K.

    A range with negative numbers is symmetric about 0, one without begins at 0, so that 0 always
    has a level of its own.  NaN and infinity become level 255.  Small maps are done in one go.
    """
    full = {name: x for name, x in maps.items() if 0 < x.size < LARGE * len(x)}
    rest = [name for name in maps if name not in full]
    levels = {name: np.zeros(maps[name].shape, np.uint8) for name in rest}
    ranges = {name: np.zeros((len(maps[name]), 2), np.float32) for name in rest}
    for name in rest:
        for k, one in enumerate(maps[name] if maps[name].size else ()):
            levels[name][k], ranges[name][k] = quantise_one(one)
    if not full:
        return levels, ranges
    flat = np.concatenate([x.ravel() for x in full.values()], dtype=np.float32)
    starts, lengths = _units(tuple(x.shape for x in full.values()))
    low, high = _extremes(flat, starts)
    broken = not (np.isfinite(low).all() and np.isfinite(high).all())  # NaN is both
    if broken:
        finite = np.isfinite(flat)
        flat = np.where(finite, flat, 0)
        low, high = _extremes(flat, starts)
    low = np.where(low < 0, np.minimum(low, -high), 0)
    high = np.maximum(high, -low)
    scale = LEVELS / np.maximum(high - low, TINY)
    steps = flat * scale.astype(np.float32).repeat(lengths)
    steps += (0.5 - low * scale).astype(np.float32).repeat(lengths)
    steps = steps.astype(np.uint8)
    if broken:
        steps[~finite] = NOT_A_NUMBER
    bounds = np.stack([low, high], 1).astype(np.float32)
    first = unit = 0
    for name, x in full.items():
        levels[name] = steps[first : first + x.size].reshape(x.shape)
        ranges[name] = bounds[unit : unit + len(x)]
        first, unit = first + x.size, unit + len(x)
    return levels, ranges


@lru_cache(256)
def _units(shapes: tuple[tuple[int, ...], ...]) -> tuple[np.ndarray, np.ndarray]:
    """Where each unit of maps that lie one after the other begins, and how long it is."""
    lengths = np.repeat([math.prod(shape[1:]) for shape in shapes], [shape[0] for shape in shapes])
    return np.cumsum(lengths) - lengths, lengths


def _extremes(flat: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the largest number from each start to the next, in float64: the span of two
    float32 numbers may be too large for a third.
    """
    low, high = np.minimum.reduceat(flat, starts), np.maximum.reduceat(flat, starts)
    return low.astype(float), high.astype(float)


def quantise_one(x: np.ndarray) -> tuple[np.ndarray, tuple[float, float]]:
    """Return one map as levels and its range, as `quantise` does, in passes as few as can be."""
    finite = np.isfinite(x)
    broken = not finite.all()
    if broken:
        x = np.where(finite, x, 0)
    low, high = float(x.min()), float(x.max())
    low = min(low, -high) if low < 0 else 0.0
    high = max(high, -low)
    scale = LEVELS / max(high - low, float(TINY))
    steps = x * np.float32(scale)
    steps += np.float32(0.5 - low * scale)
    levels = steps.astype(np.uint8)
    if broken:
        levels[~finite] = NOT_A_NUMBER
    return levels, (low, high)


def to_json(notes: Mapping[str, Any]) -> str:
    """Return notes as strict JSON; NaN and infinity, which JSON has no word for, become null."""
    option = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
    return orjson.dumps(notes, default=_named, option=option).decode()


def _named(value: object) -> list:
    if not isinstance(value, tuple):  # a named one, which orjson leaves to others
        raise TypeError(f"a note holds {type(value).__name__}")
    return list(value)
