"""What the 1-D stage is told: the window's marks and its sum, the drawing, three matrices."""

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.vision.convolution.arithmetic import explain, number_text
from labs.vision.convolution.signal.matrix import banded, counts

if TYPE_CHECKING:
    from labs.vision.convolution.signal.experiment import Signal

CELLS = 16  # numbers up to which each has a cell
REACHES = (1.5, 3.0, 6.0, 12.0, 30.0, 100.0, 1e3, 1e4, 1e5)  # of the drawing's axis


def matrices(lab: "Signal", random: Tensor) -> dict[str, Tensor]:
    """Return the signal's layer fully connected and local, of `random` weights, and shared."""
    n, m = len(lab.x), len(lab.w)
    at = torch.arange(n)
    band = (at[:, None] - at).abs() <= m // 2
    full = random[:n, :n]
    shared = torch.zeros(1, n) if lab.fault else banded(lab.w, n, lab.padding, flip=lab.flip)
    return {"full": full[None], "local": (full * band)[None], "shared": shared[None]}


def drawn(lab: "Signal", y: Tensor) -> Tensor:
    """Return places, signal, and output y under the middle of its window: (3, n); NaN where the
    output has no place.
    """
    n = len(lab.x)
    shift = (len(lab.w) - 1) // 2 - lab.padding
    under = torch.full((n,), math.nan)
    for i, value in enumerate(y.tolist()):
        if 0 <= i + shift < n:
            under[i + shift] = value
    return torch.stack([torch.arange(n).float(), lab.x, under])


def explain_window(lab: "Signal", frame: Frame, y: Tensor) -> None:
    """Tell how the number under the window came about."""
    if lab.fault:
        frame.notes["sum"] = {
            "form": "none", "title": "no output", "text": lab.fault, "sum": "", "labels": [],
            "parts": [], "winner": -1, "ink": False,
        }  # fmt: skip
        return
    taps = lab.w.flip(0) if lab.flip else lab.w
    window = F.pad(lab.x, (lab.padding, lab.padding))[lab.at : lab.at + len(taps)]
    explain(
        frame, "sum", window[None, None], taps[None, None], title=f"y[{lab.at}]",
        text=f"The window on the signal, times the taps{' turned round' * lab.flip}, summed.",
        total=f"y[{lab.at}] = Σ x·w = {number_text(y[lab.at].item())}",
    )  # fmt: skip


def notes(lab: "Signal", y: Tensor) -> dict:
    """Return the notes of the frame that shows the output y."""
    n, m = len(lab.x), len(lab.w)
    first = lab.at - lab.padding
    seen = [max(0, first), min(n, first + m)]
    largest = torch.cat([lab.x, y]).abs().max().item()
    reach = next((r for r in REACHES if r >= largest), REACHES[-1])
    every, local, shared = counts(n, m)
    return {
        "settings": lab.settings,
        "met": sorted(lab.met),
        "apart": ["full", "local", "shared"],
        "address": lab.address(),
        "away": ["x1", "y1"] if n > CELLS else ["y1"] if lab.fault else [],
        "ranges": {"pen": [-reach, reach]},
        "bands": {"pen": [max(0, seen[0] - 0.5), min(n - 1, seen[1] - 0.5)]},
        "boxes": {"x1": [[0, seen[0], 1, seen[1]]], "y1": [[0, lab.at, 1, lab.at + 1]]},
        "marks": {"shared": [{"unit": 0, "box": [lab.at, 0, lab.at + 1, n]}]},
        "titles": {
            "x1": f"{n} numbers", "w1": f"{m} taps", "y1": f"{len(y)} numbers",
            "pen": lab.fault or f"{n} numbers in, {len(y)} out; the band is the window",
            "full": f"n² = {every:,} weights",
            "local": f"{local:,} weights" + (" (3n − 2)" if m == 3 else ""),
            "shared": f"m = {shared} weights",
        },
        "say": lab.fault or f"The output at place {lab.at} is {number_text(y[lab.at].item())}.",
    }  # fmt: skip
