"""What there is to see of the 1-D part: the window and its sum, the drawing, three matrices."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.live.arithmetic import Arithmetic, product
from labs.numerals import counted, written
from labs.vision.convolution.signal.matrix import banded, counts
from labs.vision.convolution.signal.sliding import Sliding

CELLS = 16  # numbers up to which each has a cell
REACHES = (1.5, 3.0, 6.0, 12.0, 30.0, 100.0, 1e3, 1e4, 1e5)  # of the drawing's axis


def matrices(s: Sliding, random: Tensor) -> dict[str, Tensor]:
    """Return the signal's layer fully connected and local, of `random` weights, and shared."""
    n, m = len(s.x), len(s.w)
    at = torch.arange(n)
    band = (at[:, None] - at).abs() <= m // 2
    full = random[:n, :n]
    shared = torch.zeros(1, n) if s.fault else banded(s.w, n, s.padding, flip=s.flip)
    return {"full": full[None], "local": (full * band)[None], "shared": shared[None]}


def drawn(s: Sliding) -> Tensor:
    """Return places, signal, and output under the middle of its window: (3, n); NaN where the
    output has no place.
    """
    n = len(s.x)
    shift = (len(s.w) - 1) // 2 - s.padding
    under = torch.full((n,), math.nan)
    for i, value in enumerate(s.y.tolist()):
        if 0 <= i + shift < n:
            under[i + shift] = value
    return torch.stack([torch.arange(n).float(), s.x, under])


def explain_window(f: Frame, s: Sliding, at: int) -> None:
    """Add how the output's number at a place came about."""
    if s.fault:
        Arithmetic(title="no output", text=s.fault, sum="").show(f, "sum")
        return
    taps = s.w.flip(0) if s.flip else s.w
    window = F.pad(s.x, (s.padding, s.padding))[at : at + len(taps)]
    product(
        window[None, None], taps[None, None], title=f"y[{at}]",
        text=f"The window on the signal, times the taps{' turned round' * s.flip}, summed.",
        sum=f"y[{at}] = Σ x·w = {written(s.y[at].item())}",
    ).show(f, "sum")  # fmt: skip


def notes(s: Sliding, at: int) -> dict:
    """Return the notes of a frame with the window at a place."""
    n, m, y = len(s.x), len(s.w), s.y
    first = at - s.padding
    seen = [max(0, first), min(n, first + m)]
    largest = torch.cat([s.x, y]).abs().max().item()
    reach = next((r for r in REACHES if r >= largest), REACHES[-1])
    every, local, shared = counts(n, m)
    return {
        "apart": ["full", "local", "shared"],
        "away": ["x1", "y1"] if n > CELLS else ["y1"] if s.fault else [],
        "ranges": {"pen": [-reach, reach]},
        "bands": {"pen": [max(0, seen[0] - 0.5), min(n - 1, seen[1] - 0.5)]},
        "boxes": {"x1": [[0, seen[0], 1, seen[1]]], "y1": [[0, at, 1, at + 1]]},
        "marks": {"shared": [{"unit": 0, "box": [at, 0, at + 1, n]}]},
        "titles": {
            "x1": counted(n, "number"), "w1": counted(m, "tap"), "y1": counted(len(y), "number"),
            "pen": s.fault or f"{counted(n, 'number')} in, {len(y)} out; the band is the window",
            "full": f"n² = {counted(every, 'weight')}",
            "local": counted(local, "weight") + (" (3n − 2)" if m == 3 else ""),
            "shared": f"m = {counted(shared, 'weight')}",
        },
        "say": s.fault or f"The output at place {at} is {written(s.y[at].item())}.",
    }  # fmt: skip
