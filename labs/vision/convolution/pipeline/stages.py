"""Stages in a row, and what one unit of any of them sees of all that came before.

The receptive field is found by walking back: of n places with stride s, padding p and m taps a
stage has read n' = (n - 1) s + m, from place s a - p on.  Araujo, Norris & Sim, "Computing
receptive fields of convolutional neural networks", https://distill.pub/2019/computing-receptive-fields
"""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from labs.vision.convolution.convolve import convolve
from labs.vision.convolution.pooling.pool import average_pool, max_pool


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage: a convolution, a ReLU, or a pool."""

    kind: str  # "conv", "relu", "max" or "average"
    weight: Tensor | None = None  # of a conv: (C_out, C_in, m, m)
    bias: Tensor | None = None  # (C_out,)
    size: int = 1  # taps, or the window of a pool
    stride: int = 1
    padding: int = 0

    def __call__(self, x: Tensor) -> Tensor:
        """Return what the stage makes of x: (1, C, H, W).  Raises ValueError where none fits."""
        if self.kind == "relu":
            return x.clamp_min(0)
        if self.kind == "max":
            return max_pool(x, self.size, self.stride)[0]
        if self.kind == "average":
            return average_pool(x, self.size, self.stride)
        y = convolve(x, self.weight, stride=self.stride, padding=self.padding)
        return y if self.bias is None else y + self.bias.view(-1, 1, 1)


def conv(weight: Tensor, bias: Tensor | None = None, *, padding: int = 0) -> Stage:
    """Return a convolution with weight (C_out, C_in, m, m) and stride 1."""
    return Stage("conv", weight, bias, weight.shape[-1], 1, padding)


def pool(kind: str, size: int) -> Stage:
    """Return a pool of size x size windows that do not overlap."""
    return Stage(kind, size=size, stride=size)


def run(x: Tensor, stages: Sequence[Stage]) -> tuple[list[Tensor], str]:
    """Return x: (1, C, H, W) and what every stage made of it, and one sentence if one could not.

    The list ends before the stage that could not.
    """
    made = [x]
    for number, stage in enumerate(stages, 1):
        try:
            made.append(stage(made[-1]))
        except ValueError as fault:
            return made, f"Stage {number} has no output: {fault}."
    return made, ""


def fields(stages: Sequence[Stage], at: int, row: int, col: int) -> list[list[int]]:
    """Return the boxes (top, left, bottom, right) that a unit sees: of the input, of the output of
    stage 1, ..., and at last of its own stage `at`, where it is the unit alone.

    A box may reach beyond the map's rim, into the padding.
    """
    boxes = [[row, col, row + 1, col + 1]]
    for stage in reversed(stages[:at]):
        top, left, bottom, right = boxes[0]
        first = [v * stage.stride - stage.padding for v in (top, left)]
        last = [(v - 1) * stage.stride - stage.padding + stage.size for v in (bottom, right)]
        boxes.insert(0, [*first, *last])
    return boxes


def reach(stages: Sequence[Stage], at: int) -> int:
    """Return how many pixels of the input, along a side, a unit of stage `at` sees."""
    top, _, bottom, _ = fields(stages, at, 0, 0)[0]
    return bottom - top


def clip(box: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Return the part of a box that lies on a map of these sides (H, W)."""
    top, left, bottom, right = box
    return [max(0, top), max(0, left), min(sides[0], bottom), min(sides[1], right)]
