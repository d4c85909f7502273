"""What the page asks a visitor to find out about channels."""

from labs.live.challenges import Challenge
from labs.vision.convolution.channels.layer import Layer

CLOSE = 0.02  # a sum of three dragged numbers that counts as 0
LOUD = 0.25  # absolute sum of a slice that does something
CHEAP = 1 / 5  # of the bank's parameters


def _blind(layer: Layer, chosen: int) -> bool:
    """A kernel of the visitor's own whose slices cancel wherever the three channels agree."""
    if layer.way != "bank" or str(chosen) not in layer.weights.edited:
        return False
    kernel = layer.weights.bank[chosen]  # (3, m, m)
    cancels = bool((kernel.sum(0).abs() < CLOSE).all())
    return cancels and bool((kernel.abs().sum((1, 2)) > LOUD).all())


def _cheap(layer: Layer, _: int) -> bool:
    cost = layer.costs
    share = cost["separable"].parameters / cost["bank"].parameters
    return layer.way == "separable" and layer.size > 1 and share < CHEAP


def _fewer(layer: Layer, _: int) -> bool:
    return layer.count == 8 and layer.count * layer.side**2 < layer.x.numel()


CHALLENGES = (
    Challenge("blind",
        "Make a kernel of your own that is blind to grey, though all three of its slices work.",
        "Grey is the same number three times: let the slices cancel, cell by cell.  At size 1 that "
        "is three numbers.", _blind),
    Challenge("cheap",
        "Make the bank's number of maps with less than a fifth of its parameters, without going "
        "blind to neighbours.",
        "Look first, mix afterwards: 1/d + 1/m² of the cost.  It saves more, the more maps and the "
        "larger kernels there are.", _cheap),
    Challenge("fewer", "Let all eight maps together hold fewer numbers than the picture itself.",
        "A stride of s leaves one cell of s².", _fewer),
)  # fmt: skip
