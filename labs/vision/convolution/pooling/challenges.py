"""What the page asks a visitor to find out about pooling."""

from collections.abc import Mapping

import torch

from labs.live.challenges import Challenge
from labs.vision.convolution.pooling.passes import Passes

CLOSE = 1e-6


def _half(s: Mapping, before: Passes, after: Passes) -> bool:
    """The chosen pool changes by less than half of what the map before it does."""
    _, rectified, largest, mean, _ = before.changes(after)
    seen = {"max": largest, "average": mean}.get(s["pool"], 1.0)
    far = max(abs(s["right"]), abs(s["down"])) >= 2
    return far and rectified > 0 and seen < 0.5 * rectified


def _global(s: Mapping, before: Passes, after: Passes) -> bool:
    far = max(abs(s["right"]), abs(s["down"])) >= 3
    return far and s["pool"] == "global" and before.changes(after)[4] < 0.02


def _along(s: Mapping, before: Passes, after: Passes) -> bool:
    """The pooled map is the old one, moved by whole cells."""
    right, stride, pool = s["right"], s["stride"], s["pool"]
    cells = right // stride
    if pool == "global" or s["down"] or not cells or right % stride or stride == 1:
        return False
    old, new = (each.pools[pool][0, 0] for each in (before, after))
    a, b = (new[:, cells:], old[:, :-cells]) if cells > 0 else (new[:, :cells], old[:, -cells:])
    return bool(torch.allclose(a, b, atol=CLOSE) and old.abs().max() > CLOSE)


CHALLENGES = (
    Challenge("half",
        "Move the picture by two pixels or more, and find a pool that changes less than half as "
        "much as the map before.",
        "A larger window forgets more of the place.", _half),
    Challenge("global",
        "Find a pool that a shift of three pixels or more leaves within two per cent.",
        "One number for the whole map does not know where anything stands.", _global),
    Challenge("along",
        "Move the picture sideways so that the pooled map only moves along, cell for cell.",
        "Its cells lie a stride apart: a stride of 2 wants a shift of 2, 4 or 6 pixels.", _along),
)  # fmt: skip
