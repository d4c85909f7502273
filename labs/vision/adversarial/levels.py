"""The smallest change that fools, made long enough for the 256 levels of a file.

Of a large picture the nearest boundary is less than half a level away in most pixels, so that
rounding undoes the change.  Carlini & Wagner, https://arxiv.org/abs/1608.04644, then search the
pixels around it; here it is made longer, a tenth at a time, and keeps its direction.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs.images import quantise
from labs.vision.adversarial.record import Step, reached

LONGER = 1.1  # times as long at each try
MOST = 20.0  # times as long as at first


def in_levels(
    steps: Iterator[Step], model: nn.Module, y: Tensor, *, targeted: bool
) -> Iterator[Step]:
    """Yield an attack's steps, and if rounding undoes the last of them one more that it does not.

    Images that fool after rounding, or not at all, stay as they are.
    """
    for step in steps:
        yield step
    with torch.no_grad():
        image, change = step.image, step.delta
        undone = reached(step.logits, y, targeted=targeted)
        undone &= ~reached(model(quantise(image)), y, targeted=targeted)
        if not undone.any():
            return
        times = 1.0
        while undone.any() and times < MOST:
            times *= LONGER
            tried = quantise((step.clean + times * change).clamp(0, 1))
            held = undone & reached(model(tried), y, targeted=targeted)
            image = torch.where(held[:, None, None, None], tried, image)
            undone &= ~held
        logits = model(image)
    yield Step(image, step.clean, logits, step.loss)
