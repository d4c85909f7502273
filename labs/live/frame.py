"""Frames: named tensors for the eye, packed into one safetensors message.

A map is quantised to 8 bits with a range of its own, because a screen shows no more; the numbers
that people read travel exactly.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from safetensors.numpy import save
from torch import Tensor

LEVELS = 254  # an even count, so that zero of a signed range is level 127 exactly
TINY = np.float32(1e-30)  # a range of one value only
NOT_A_NUMBER = 255  # the level that stands for NaN and infinity


@dataclass
class Frame:
    """What one moment looks like.  A panel draws what carries its name."""

    maps: dict[str, Tensor] = field(default_factory=dict)  # (K, H, W) or (K,): one range per k
    values: dict[str, Tensor] = field(default_factory=dict)  # exact numbers, any shape
    images: dict[str, bytes] = field(default_factory=dict)  # JPEG or PNG
    notes: dict[str, Any] = field(default_factory=dict)  # JSON: captions, marks, settings


def encode(frame: Frame, **header: int | bool) -> bytes:
    """Return `frame` as safetensors: `maps/<name>` (uint8) with `range/<name>` (float32, (K, 2)),
    `values/<name>` (float32), `images/<name>` (uint8), and the notes and `header` as metadata.
    """
    arrays: dict[str, np.ndarray] = {}
    for name, x in frame.maps.items():
        arrays[f"maps/{name}"], arrays[f"range/{name}"] = quantise(x.detach().numpy())
    for name, x in frame.values.items():
        # contiguous: safetensors writes an array's memory as it lies, strides or no strides
        arrays[f"values/{name}"] = np.ascontiguousarray(x.detach().numpy(), dtype=np.float32)
    for name, data in frame.images.items():
        arrays[f"images/{name}"] = np.frombuffer(data, np.uint8)
    metadata = {"notes": to_json(frame.notes)} | {k: str(int(v)) for k, v in header.items()}
    return save(arrays, metadata)


def quantise(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x: (K, ...) as levels 0..254 and the range (K, 2) between them, one for each x[k].

    A range with negative numbers is symmetric about 0, one without begins at 0, so that 0 always
    has a level of its own.  NaN and infinity become level 255.
    """
    flat = np.ascontiguousarray(x, dtype=np.float32).reshape(len(x), -1)
    # (K,), in float64: the span of two float32 numbers may be too large for a third
    low, high = flat.min(1, initial=0).astype(float), flat.max(1, initial=0).astype(float)
    if not np.isfinite(low + high).all():  # NaN and infinity survive minimum and maximum
        finite = np.isfinite(flat)
        levels, bounds = quantise(np.where(finite, flat, 0).reshape(x.shape))
        levels[~finite.reshape(x.shape)] = NOT_A_NUMBER
        return levels, bounds
    low = np.where(low < 0, np.minimum(low, -high), 0)
    high = np.maximum(high, -low)
    scale = LEVELS / np.maximum(high - low, TINY)
    levels = (flat - low[:, None]) * scale[:, None] + 0.5
    return levels.astype(np.uint8).reshape(x.shape), np.stack([low, high], 1).astype(np.float32)


def to_json(notes: Mapping[str, Any]) -> str:
    """Return notes as strict JSON; NaN and infinity, which JSON has no word for, become null."""
    try:
        return json.dumps(notes, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(notes))


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
