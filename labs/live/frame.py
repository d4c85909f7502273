"""Frames: named tensors for the eye, packed into one safetensors message.

A map is quantised to 8 bits with a range of its own, because a screen shows no more; the numbers
that people read travel exactly.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

LEVELS = 254  # an even count, so that zero of a signed range is level 127 exactly
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
    tensors: dict[str, Tensor] = {}
    for name, x in frame.maps.items():
        tensors[f"maps/{name}"], tensors[f"range/{name}"] = quantise(x)
    for name, x in frame.values.items():
        # a fresh, contiguous copy: safetensors refuses aliases and strides
        tensors[f"values/{name}"] = (
            x.detach().to(torch.float32).clone(memory_format=torch.contiguous_format)
        )
    for name, data in frame.images.items():
        tensors[f"images/{name}"] = torch.frombuffer(bytearray(data), dtype=torch.uint8)
    metadata = {"notes": to_json(frame.notes)} | {k: str(int(v)) for k, v in header.items()}
    return save(tensors, metadata)


def quantise(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return x as levels 0..254 and the range (K, 2) between them, a range for each x[k].

    A range with negative numbers is symmetric about 0, one without begins at 0, so that 0 always
    has a level of its own.  NaN and infinity become level 255.
    """
    flat = x.detach().reshape(len(x), -1).float()  # (K, H W)
    if not torch.isfinite(flat.sum()):  # a sum is one pass; only a bad one earns a second
        finite = torch.isfinite(flat)
        levels, bounds = quantise(torch.where(finite, flat, 0.0))
        return levels.masked_fill_(~finite, NOT_A_NUMBER).view(x.shape), bounds
    low, high = flat.aminmax(dim=1, keepdim=True)  # (K, 1)
    low = torch.where(low < 0, torch.minimum(low, -high), 0.0)
    high = torch.maximum(high, -low)
    scale = LEVELS / (high - low).clamp_min_(1e-30)
    levels = torch.addcmul(-low * scale, flat, scale).round_().clamp_(0, LEVELS)
    return levels.to(torch.uint8).view(x.shape), torch.cat([low, high], dim=1)


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
