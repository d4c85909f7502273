"""What the net makes of a dream: its start and the picture now, in one pass each."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.images import fit_within
from labs.vision.dream.nets import LITE, network
from labs.vision.dream.objective import LOGITS
from labs.vision.dream.scene import Scene

EVERY = 4  # steps between two opinions of the net: all its layers, where the maps need some
LOOK = 96  # pixels of the longer side at which target, change and opinion are taken
LOOKS = {LITE: 224}  # which is fast, and knows little of smaller pictures


@dataclass(frozen=True)
class Look:
    """Small copies (1, 3, h, w), and maps (C, h', w') of the layer that is shown."""

    key: tuple  # of what it is: the ascent, the layer, how often it was branched, and the step
    start: Tensor
    before: Tensor  # maps for the start
    now: Tensor
    after: Tensor  # maps for the picture now
    asked: int  # the step of the picture about which the net was last asked
    p: Tensor  # (classes,): the probabilities of that picture's classes


@torch.no_grad()
def look(scene: Scene, picture: Tensor, last: Look | None) -> Look:
    """Return what the net makes of the start and of the picture (1, 3, H, W).

    last: what it made of them before, of which all is kept that still holds.
    """
    wishes, past = scene.wishes, scene.past
    name, step, run = wishes.shown, past.step, network(wishes.net)
    side = LOOKS.get(wishes.net, LOOK)
    key = (past, name, past.branches, step)
    if last is not None and last.key == key:
        return last
    if last is not None and last.key[:2] == key[:2]:
        start, before = last.start, last.before
    else:
        start = fit_within(scene.first, side)
        before = run(start, [name])[name][0]
    apart = 1 if wishes.target == LOGITS or past.scrubbed else EVERY  # steps of one opinion
    known = last is not None and (last.key[0], last.key[2], last.asked // apart) == (
        past, past.branches, step // apart,
    )  # fmt: skip
    now = fit_within(picture, side)  # once: shrinking costs a tenth of a step
    seen = run(now, [name] if known else [name, LOGITS])
    asked, p = (last.asked, last.p) if known else (step, seen[LOGITS][0].softmax(0))
    return Look(key, start, before, now, seen[name][0], asked, p)
