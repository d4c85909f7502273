"""Gradient masking: when an attack fails because it is blind, not because the net is robust.

Athalye, Carlini & Wagner, "Obfuscated gradients give a false sense of security",
https://arxiv.org/abs/1802.00420
"""

from collections.abc import Callable

from torch import Tensor

from labs.vision.adversarial.smallest import Smallest

MOST = 0.98  # of the pixels without a gradient


def signs(
    gradient: Tensor, found: Smallest | None, p: float, write: Callable[[float], str]
) -> list[str]:
    """Return a sentence for each sign of masking, with how it was noticed.

    gradient: of the loss at the clean picture, (1, C, H, W).  found: by bisection, if it was asked.
    p: the probability of the clean picture's class.  write: a budget as text.
    """
    result = []
    zero = int((gradient == 0).sum())
    if zero >= MOST * gradient.numel():
        result.append(
            f"Gradient masking: the loss's gradient is exactly 0 at {zero:,} of "
            f"{gradient.numel():,} values, since softmax gives {p:.6f} and float32 has nothing "
            "left of the rest. An attack that climbs this loss is blind here. Carlini & Wagner "
            "look at the logits, Square asks for no gradient, and a target brings another loss."
        )
    relapse = found.relapse if found is not None else None
    if relapse is not None:
        won, lost = map(write, relapse)
        result.append(
            f"A larger budget is not more successful: {won} fools, {lost} does not. A stronger "
            "attack could not do worse; this is a sign of masked or bent gradients "
            "(one long step overshoots)."
        )
    return result
