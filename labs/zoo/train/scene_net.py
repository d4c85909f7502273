"""Train SceneNet on scenes made of training doodles; measure it on 1,000 of held-out ones.

Scenes are made while it trains.  One is seen several times, mirrored half of them, because making
one costs nearly as much as learning from it.  The rate is constant, and falls to 0 at the end.
"""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from labs.data import doodles
from labs.data.scenes import WIDTH, LabelledScene, Maker
from labs.models.boxes import average_precision, match
from labs.models.scene import SceneNet
from labs.models.scene_loss import losses, total
from labs.zoo.train.digits import Result, Say

BATCH = 12
STABLE, FALLING = 3351, 2600  # steps with the full learning rate, and while it falls
RATE, DECAY = 1.5e-3, 0.02
POOL, FRESH = 3000, 4  # scenes that are kept, and new ones in a step
CROWD = (
    3,
    12,
)  # doodles in a training scene, below 12: empty paper costs as much, and teaches less
AVERAGED, EVERY = 0.99, 8  # of the weights before, in the average that is kept, every few steps
TESTED = 1000  # held-out scenes
Batch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]


def batch(scenes: list[LabelledScene], mirrored: Tensor) -> Batch:
    """Return x (N, 1, H, W), pixels (N, H, W), boxes (M, 4), labels (M,), pictures (M,)."""
    x, pixels, boxes, labels, of = [], [], [], [], []
    for i, (scene, mirror) in enumerate(zip(scenes, mirrored.tolist(), strict=True)):
        ink, true, box, label = scene.tensors()
        if mirror:
            ink, true = ink.flip(-1), true.flip(-1)
            box = torch.stack([WIDTH - box[:, 2], box[:, 1], WIDTH - box[:, 0], box[:, 3]], 1)
        x.append(ink)
        pixels.append(true)
        boxes.append(box)
        labels.append(label)
        of.append(torch.full((len(label),), i))
    return torch.cat(x), torch.stack(pixels), torch.cat(boxes), torch.cat(labels), torch.cat(of)


class Training:
    """A net that learns, one step at a time, and the average of its weights."""

    def __init__(self, train: doodles.Doodles, seed: int) -> None:
        self.generator = torch.Generator().manual_seed(seed)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.net = SceneNet().to(memory_format=torch.channels_last)
        self.average = {k: v.clone() for k, v in self.net.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            self.net.parameters(), RATE, weight_decay=DECAY, fused=True
        )
        self.make = Maker(train)
        self.pool: list[LabelledScene] = []
        self.steps = 0

    def step(self, rate: float) -> dict[str, float]:
        """Take one step with this learning rate, and return the parts of the loss."""
        g = self.generator
        for _ in range(FRESH):
            scene = self.make(g, int(torch.randint(*CROWD, (1,), generator=g)))
            if len(self.pool) < POOL:
                self.pool.append(scene)
            else:
                self.pool[int(torch.randint(POOL, (1,), generator=g))] = scene
        chosen = torch.randint(len(self.pool), (BATCH,), generator=g).tolist()
        mirrored = torch.rand(BATCH, generator=g) < 0.5
        x, *truth = batch([self.pool[i] for i in chosen], mirrored)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * min(1, (self.steps + 1) / 300)
        self.net.train()
        with torch.autocast("cpu", torch.bfloat16):
            answer = self.net(x.contiguous(memory_format=torch.channels_last))
        answer = type(answer)(tuple(t.float() for t in answer.terms), answer.cells.float())
        parts = losses(answer, *truth)
        self.optimizer.zero_grad()
        total(parts).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        self.optimizer.step()
        self.steps += 1
        if self.steps % EVERY == 0:
            keep = min(AVERAGED, self.steps / (self.steps + 20 * EVERY))
            for key, value in self.net.state_dict().items():
                if value.is_floating_point():
                    self.average[key].lerp_(value, 1 - keep)
        return {name: float(value.detach()) for name, value in parts.items()}

    def averaged(self) -> SceneNet:
        """Return a net with the averaged weights, in eval mode."""
        net = SceneNet()
        net.load_state_dict(self.average)
        return net.eval().requires_grad_(False)


def train(data: Path, seed: int, say: Say) -> Result:
    """Train a net on the doodles in `data`/quickdraw, and measure it."""
    packed, held_out = doodles.quickdraw(data / "quickdraw")
    training = Training(doodles.unpack(packed), seed)
    for i in range(STABLE + FALLING):
        parts = training.step(RATE * min(1.0, (STABLE + FALLING - i) / FALLING))
        if i % 200 == 0:
            say(f"step {i}: " + ", ".join(f"{k} {v:.3f}" for k, v in parts.items()))
    net = training.averaged()
    return Result(net, measure(net, doodles.unpack(held_out), TESTED))


@torch.no_grad()
def measure(
    net: Callable, held_out: doodles.Doodles, count: int, seed: int = 0
) -> dict[str, float]:
    """Return mean average precision at IoU 0.5 and mean IoU of pixels on `count` scenes, of every
    class too (`ap cat`, `iou cat`); the mean IoU counts the background as a class.
    """
    make, generator = Maker(held_out), torch.Generator().manual_seed(seed)
    classes = len(doodles.CLASSES)
    confusion = torch.zeros(classes + 1, classes + 1)
    scores: list[list[Tensor]] = [[] for _ in range(classes)]
    hits: list[list[Tensor]] = [[] for _ in range(classes)]
    there = torch.zeros(classes, dtype=torch.long)
    for _ in range(count):
        x, pixels, boxes, labels = make(generator).tensors()
        answer = net(x)
        said = answer.said[0]
        pairs = pixels.flatten() * (classes + 1) + said.flatten()
        confusion += pairs.bincount(minlength=confusion.numel()).view_as(confusion)
        (found,) = answer.detect(0.01, 0.45)
        there += labels.bincount(minlength=classes)
        for c in set(labels.tolist()) | set(found.labels.tolist()):
            mine = found.labels == c
            scores[c].append(found.scores[mine])
            hits[c].append(match(found.boxes[mine], boxes[labels == c]))
    both = confusion.diag()
    shares = both / (confusion.sum(0) + confusion.sum(1) - both).clamp_min(1)
    precision = [
        average_precision(torch.cat(s), torch.cat(h), int(n)) if s else 0.0
        for s, h, n in zip(scores, hits, there, strict=True)
    ]
    return {
        "mean average precision": sum(precision) / classes,
        "mean IoU": float(shares.mean()),
        **{f"ap {n}": p for n, p in zip(doodles.CLASSES, precision, strict=True)},
        **{
            f"iou {n}": float(s)
            for n, s in zip(("background", *doodles.CLASSES), shares, strict=True)
        },
    }
