"""The adversarial patch: a small picture that decides wherever it is put.

Brown, Mane, Roy, Abadi & Gilmer, "Adversarial patch", https://arxiv.org/abs/1712.09665

The patch climbs its expected success over pictures and places; it is visible and does not care
what else is in the picture.
"""

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.vision.adversarial.record import Step, check, last

COPIES = 4  # places that each picture meets the patch at, in each step
LARGE = 50_000  # values of a picture, from where a pass takes so long that one place must do


def patch_steps(
    model: nn.Module, x: Tensor, y: Tensor, *, size: int = 8, steps: int = 60,
    step_size: float = 0.1, targeted: bool = False, generator: torch.Generator | None = None,
) -> Iterator[Step]:  # fmt: skip
    """Yield the pictures with the patch of each step, every picture at a place that stays its own.

    size: side of the square patch in pixels.  The loss is the cross-entropy of y at that place.
    Raises ValueError.
    """
    check(x, y)
    side = min(x.shape[-2:])
    if not 1 <= size <= side:
        raise ValueError(f"a patch is between 1 and {side} pixels wide, got {size}")
    generator = generator or torch.Generator().manual_seed(0)
    square = torch.full((x.shape[1], size, size), 0.5, dtype=x.dtype)
    home = places(len(x), x.shape, size, generator)
    copies = COPIES if x[0].numel() < LARGE else 1
    many, labels = x.repeat(copies, 1, 1, 1), y.repeat(copies)
    for step in range(steps + 1):
        image = put(x, square, home)
        with torch.no_grad():
            logits = model(image)
        yield Step(image, x, logits, F.cross_entropy(logits, y, reduction="none"))
        if step == steps:
            return
        at = places(len(many), x.shape, size, generator)
        with torch.enable_grad():
            leaf = square.detach().requires_grad_()
            loss = F.cross_entropy(model(put(many, leaf, at)), labels)
            (gradient,) = torch.autograd.grad(loss, leaf)
        climb = -gradient.sign() if targeted else gradient.sign()
        square = (square + step_size * climb).clamp(0, 1)


def patch(model: nn.Module, x: Tensor, y: Tensor, **how) -> Tensor:
    """Return x: (N, C, H, W) with the finished patch, each picture at its place."""
    return last(patch_steps(model, x, y, **how))


def places(n: int, shape: torch.Size, size: int, generator: torch.Generator) -> Tensor:
    """Return a random (top, left) for each of n pictures: (n, 2)."""
    top = torch.randint(shape[-2] - size + 1, (n,), generator=generator)
    left = torch.randint(shape[-1] - size + 1, (n,), generator=generator)
    return torch.stack([top, left], 1)


def put(x: Tensor, square: Tensor, at: Tensor) -> Tensor:
    """Return x: (N, C, H, W) with square: (C, s, s) at each image's (top, left), differentiably."""
    size, (height, width) = square.shape[-1], x.shape[-2:]
    rows = torch.arange(height) - at[:, :1]  # (N, H): the patch's row there, if within it
    columns = torch.arange(width) - at[:, 1:]
    inside = ((rows >= 0) & (rows < size))[:, :, None] & ((columns >= 0) & (columns < size))[
        :, None
    ]
    spread = square[:, rows.clamp(0, size - 1)[:, :, None], columns.clamp(0, size - 1)[:, None]]
    return torch.where(inside[:, None], spread.transpose(0, 1), x)  # (C, N, H, W) -> (N, C, H, W)
