"""What the page asks a visitor to try with a kernel, and how it knows that it was done."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.live.challenges import Challenge
from labs.vision.convolution import kernels
from labs.vision.convolution.plane.answer import Answer

CLOSE = 1e-3  # to count as equal, of the kernel's largest number
LIKE = 0.1  # to count as a kernel of the list, of the same


def _flat_to_zero(s: Mapping, a: Answer) -> bool:
    """A kernel of the visitor's own that answers 0 to what is flat, and strongly to edges."""
    k = a.kernel
    flat = bool(k.sum().abs() < 0.02 and k.abs().sum() > 1 and not a.fault)
    return flat and _own(s, a)


def _own(s: Mapping, a: Answer) -> bool:
    """Whether the kernel is the visitor's, and none of the list, however turned or multiplied."""
    shape = kernels.Shape(len(a.kernel), s["sigma"], s["angle"], s["wavelength"])
    turned = [_unit(a.kernel.rot90(quarter)) for quarter in range(4)]
    listed = [_unit(kernels.preset(name, shape)) for name in kernels.NAMES]
    return s["preset"] == "yours" and not any(
        k.shape == one.shape and min((k - one).abs().max(), (k + one).abs().max()) < LIKE
        for k in turned
        for one in listed
    )


def _unit(k: Tensor) -> Tensor:
    return k / k.abs().max().clamp_min(CLOSE)


def _shift(_: Mapping, a: Answer) -> bool:
    k = a.kernel
    near = k.abs() > CLOSE
    if near.sum() != 1 or not 0.95 < k.max() < 1.05:
        return False
    row, col = near.nonzero()[0].tolist()
    middle = (len(k) - 1) / 2
    return max(abs(row - middle), abs(col - middle)) * a.how.dilation >= 2


def _same_both_ways(s: Mapping, a: Answer) -> bool:
    """Convolution and cross-correlation agree, though the kernel is not one number all over."""
    k = a.kernel
    size = k.abs().max()
    turned = torch.allclose(k, k.rot90(2), atol=float(CLOSE * size))
    same = bool(size > 0 and turned and (k - k.flatten()[0]).abs().max() > 0.1 * size)
    return same and _own(s, a)


def _cheap(_: Mapping, a: Answer) -> bool:
    k = a.kernel
    if len(k) < 5:
        return False
    rank = kernels.separate(k).rank
    uneven = (k - k.flatten()[0]).abs().max() > 0.05 * k.abs().max()
    return bool(rank == 1 and uneven and (k.abs() > CLOSE * k.abs().max()).all())


def _quarter(_: Mapping, a: Answer) -> bool:
    """A quarter of the input's pixels, exactly, by a kernel of 3 x 3."""
    half = all(2 * b == n for n, b in zip(a.x.shape[1:], a.output.shape[1:], strict=True))
    return not a.fault and half and len(a.kernel) == 3


CHALLENGES = (
    Challenge("flat",
        "Make a kernel of your own that turns every flat area to exactly 0 and keeps the edges.",
        "Its numbers must sum to 0.  Drag two cells against each other.", _flat_to_zero),
    Challenge("shift", "Move the whole picture by two pixels or more with one kernel.",
        "A single 1 that is not in the middle of a 5 × 5, or a 3 × 3 with a dilation of 2.",
        _shift),
    Challenge("same",
        "Find a kernel of your own that does not care about the flip, but is not all one number.",
        "Turn it by 180 degrees in your mind: it must be itself again.", _same_both_ways),
    Challenge("cheap",
        "Find a kernel of 5 × 5 or more, not all one number, that needs only 2 m products a pixel.",
        "A Gaussian is a column times a row: its rank is 1.", _cheap),
    Challenge("half",
        "Let a 3 × 3 kernel give a picture of exactly half the side, in both directions.",
        "(n + 2 padding − 3) / stride + 1, rounded down: stride 2 and one cell of padding.",
        _quarter),
)  # fmt: skip
