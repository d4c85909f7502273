"""What the page asks a visitor to find out about pooling."""

from typing import TYPE_CHECKING

import torch

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.vision.convolution.pooling.experiment import Pooling

CLOSE = 1e-6


def _half(lab: "Pooling") -> bool:
    """The chosen pool changes by less than half of what the map before it does."""
    _, rectified, largest, mean, _ = lab.changes(*lab.shift)
    seen = {"max": largest, "average": mean}.get(str(lab.settings["pool"]), 1.0)
    return lab.shift != (0, 0) and rectified > 0 and seen < 0.5 * rectified


def _global(lab: "Pooling") -> bool:
    far = max(map(abs, lab.shift)) >= 3
    return far and lab.settings["pool"] == "global" and lab.changes(*lab.shift)[4] < 0.02


def _along(lab: "Pooling") -> bool:
    """The pooled map is the old one, moved by whole cells."""
    (right, down), stride = lab.shift, lab.window[1]
    cells = right // stride
    if lab.settings["pool"] == "global" or down or not cells or right % stride or stride == 1:
        return False
    before, after = (lab.maps(*shift)[3][0, 0] for shift in ((0, 0), (right, 0)))
    a, b = (after[:, cells:], before[:, :-cells]) if cells > 0 else (
        after[:, :cells], before[:, -cells:])  # fmt: skip
    return bool(torch.allclose(a, b, atol=CLOSE) and before.abs().max() > CLOSE)


CHALLENGES = (
    Challenge(
        "half",
        "Move the picture and find a pool that changes less than half as much as the map before.",
        "A larger window forgets more of the place.",
        _half,
    ),
    Challenge(
        "global",
        "Find a pool that a shift of three pixels or more leaves within two per cent.",
        "One number for the whole map does not know where anything stands.",
        _global,
    ),
    Challenge(
        "along",
        "Move the picture sideways so that the pooled map only moves along, cell for cell.",
        "Its cells lie a stride apart: a stride of 2 wants a shift of 2, 4 or 6 pixels.",
        _along,
    ),
)
