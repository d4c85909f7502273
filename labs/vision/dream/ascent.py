"""Gradient ascent on an image: every intermediate image, octave by octave.

    for step in ascend_steps(network, start, layer("stage3.0"), Ascent(), generator):
        ...

An octave is a size of the image: dreams painted small are enlarged and painted over, so that one
picture has large animals and small eyes.  Mordvintsev, Olah & Tyka (2015),
https://research.google/blog/inceptionism-going-deeper-into-neural-networks/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.dream.network import Network
from labs.vision.dream.objective import Objective
from labs.vision.dream.parametrisation import decorrelate, soften
from labs.vision.dream.transforms import Transforms, total_variation

SMALLEST = 32  # pixels: an octave whose shorter side would be less is left out


@dataclass(frozen=True)
class Ascent:
    """How to climb.  Every part may change between two steps."""

    steps: int = 16  # an octave
    step_size: float = 0.02  # change of a pixel, in units of the gradient's mean size
    octaves: int = 4
    octave_scale: float = 1.4
    smooth: float = 0.0  # weight of the total variation that is held against the image
    transforms: Transforms = field(default_factory=Transforms)
    softness: float = 0.0  # a frequency f of the gradient counts f ** -softness
    color: float = 0.0  # 0: a step has the gradient's colours, 1: those of photographs
    pull: float = 0.0  # the part of the way back to the start that goes with every step


class Pull(NamedTuple):
    """What one objective asks of an image."""

    value: float  # of the objective, summed over the batch
    gradient: Tensor  # (N, 3, h, w) at the octave's size, before it is normalised


@dataclass(frozen=True)
class Step:
    """One step: the image it led to, and what drove it."""

    number: int  # from 1, over all octaves
    octave: int  # from 0, the smallest
    image: Tensor  # (N, 3, H, W) in [0, 1], always at full size
    gradient: Tensor  # (N, 3, h, w) at the octave's size, before it was normalised
    value: float  # the objective before the step, summed over the batch


def ascend_steps(
    network: Network,
    start: Tensor,
    objective: Objective,
    how: Ascent,
    *,
    generator: torch.Generator,
) -> Iterator[Step]:
    """Yield every step from start: (N, 3, H, W) in [0, 1], up the objective, octave by octave."""
    image = start
    sizes = octave_sizes(start.shape[-2:], how)
    for number in range(1, how.steps * len(sizes) + 1):
        octave = (number - 1) // how.steps
        size = sizes[octave]
        image, (pull,) = ascend(network, image, objective, how, size, generator, start=start)
        yield Step(number, octave, image, pull.gradient, pull.value)


def ascend(
    network: Network,
    image: Tensor,
    objective: Objective,
    how: Ascent,
    size: tuple[int, int],
    generator: torch.Generator,
    *,
    where: Tensor | None = None,
    elsewhere: Objective | None = None,
    start: Tensor | None = None,
) -> tuple[Tensor, Sequence[Pull]]:
    """Return the image one step up, and what pulled at it: the objective, then `elsewhere`.

    The step is made on the image as it looks at `size` (h, w); what it changes there is enlarged
    and added, so that detail of other octaves stays.  The gradient is divided by its mean absolute
    value, so that a step size means the same on every layer; a zero gradient moves nothing.
    where: (h', w') in [0, 1], stretched over the image: how much of the step each pixel takes.
    elsewhere: what the rest of the image climbs; each of the two keeps to its own region.
    start: (N, 3, H, W), where `how.pull` leads, so that contrast and colours do not run away.
    """
    small, full = resize(image, size), image.shape[-2:]
    pulls = [climb(network, small, objective, how, generator)]
    change = resize(how.step_size * unit(pulls[0].gradient), full)
    if where is not None:
        mask = resize(where[None, None], full)
        change = mask * change
        if elsewhere is not None:
            pulls.append(climb(network, small, elsewhere, how, generator))
            change = change + (1 - mask) * resize(how.step_size * unit(pulls[1].gradient), full)
    if start is not None and how.pull:
        change = change + how.pull * (start - image)
    return (image + change).clamp(0, 1), pulls


def unit(gradient: Tensor) -> Tensor:
    """Return each image's gradient (N, 3, h, w) in units of its mean absolute value."""
    return gradient / gradient.abs().mean((1, 2, 3), keepdim=True).clamp_min(1e-12)


@torch.enable_grad()
def climb(
    network: Network, image: Tensor, objective: Objective, how: Ascent, generator: torch.Generator
) -> Pull:
    """Return the objective at the image, moved by the transforms, and its gradient at the image.

    With softness and colour it is the gradient in another metric, which prefers large structures
    and the hues of photographs.
    """
    x = image.detach().requires_grad_()
    value = objective(network(how.transforms(x, generator), objective.layers))
    total = value - how.smooth * total_variation(x) if how.smooth else value
    (gradient,) = torch.autograd.grad(total, x)
    if how.softness:
        gradient = soften(gradient, how.softness)
    return Pull(value.item(), decorrelate(gradient, how.color) if how.color else gradient)


def octave_sizes(full: tuple[int, int] | torch.Size, how: Ascent) -> list[tuple[int, int]]:
    """Return the size (height, width) of each octave, the smallest first, the full one last."""
    height, width = full
    found = []
    for octave in reversed(range(how.octaves)):
        shrink = how.octave_scale**octave
        size = (round(height / shrink), round(width / shrink))
        if octave == 0 or min(size) >= SMALLEST:
            found.append(size)
    return found


def resize(x: Tensor, size: tuple[int, int]) -> Tensor:
    """Return x: (N, C, H, W) at another size, smoothly."""
    if tuple(x.shape[-2:]) == tuple(size):
        return x
    return F.interpolate(x, size, mode="bilinear", align_corners=False, antialias=True)
