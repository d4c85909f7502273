"""What the page asks a visitor to find out about channels."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.vision.convolution.channels.experiment import Channels

CLOSE = 0.02  # a sum of three dragged numbers that counts as 0
LOUD = 0.25  # absolute sum of a slice that does something
CHEAP = 1 / 5  # of the bank's parameters


def _blind(lab: "Channels") -> bool:
    """A kernel of the visitor's own whose slices cancel wherever the three channels agree."""
    if lab.way != "bank" or str(lab.chosen) not in lab.weights.edited:
        return False
    kernel = lab.weights.bank[lab.chosen]  # (3, m, m)
    cancels = bool((kernel.sum(0).abs() < CLOSE).all())
    return cancels and bool((kernel.abs().sum((1, 2)) > LOUD).all())


def _cheap(lab: "Channels") -> bool:
    cost, wide = lab.costs(), int(lab.settings["size"]) > 1
    share = cost[lab.way].parameters / cost["bank"].parameters
    return wide and lab.way == "separable" and share < CHEAP


def _fewer(lab: "Channels") -> bool:
    return lab.count == 8 and lab.count * lab.side**2 < lab.input().numel()


CHALLENGES = (
    Challenge(
        "blind",
        "Make a kernel of your own that is blind to grey, though all three of its slices work.",
        "Grey is the same number three times: let the slices cancel, cell by cell.  At size 1 that "
        "is three numbers.",
        _blind,
    ),
    Challenge(
        "cheap",
        "Make the bank's number of maps with less than a fifth of its parameters, without going "
        "blind to neighbours.",
        "Look first, mix afterwards: 1/d + 1/m² of the cost.  It saves more, the more maps and the "
        "larger kernels there are.",
        _cheap,
    ),
    Challenge(
        "fewer",
        "Let all eight maps together hold fewer numbers than the picture itself.",
        "A stride of s leaves one cell of s².",
        _fewer,
    ),
)
