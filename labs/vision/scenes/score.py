"""How good is it: held-out scenes, one after the other, and what has been counted so far.

Precision, recall and average precision of the boxes, confusion and mean IoU of the pixels.
"""

import math

import torch
from torch import Tensor

from labs import zoo
from labs.data.doodles import CLASSES, held_out
from labs.data.scenes import HEIGHT, WIDTH, LabelledScene, Maker
from labs.live import Frame
from labs.live.lab import Lab, Value
from labs.models.boxes import average_precision, match, precision_recall
from labs.models.scene import SceneNet
from labs.numerals import counted, written
from labs.vision.scenes import challenges
from labs.vision.scenes import controls as c
from labs.vision.scenes.canvas import NET, outlines, tags
from labs.vision.scenes.colours import painted

SCENES = 500  # held-out scenes at most
LEAST = 0.01  # score of a box that is counted
RING = 16  # points of the ring that marks the threshold
AGREE = 0.5  # IoU from which on a box has found a thing


class Score(Lab):
    """The zoo's net, measured while one looks on."""

    name = "scenes.score"
    controls = (c.THRESHOLD, c.OVERLAP, c.OF, c.RESTART)
    challenges = challenges.SCORE

    def __init__(self) -> None:
        super().__init__()
        self.net: SceneNet = zoo.load(NET)  # type: ignore[assignment]
        self.make = Maker(held_out())
        self.again()

    @property
    def steps(self) -> int:
        """How many scenes were counted."""
        return self.count

    def again(self) -> None:
        """Begin to count anew, with the first scene."""
        self.generator = torch.Generator().manual_seed(0)
        self.count = 0
        self.confusion = torch.zeros(len(CLASSES) + 1, len(CLASSES) + 1)
        self.there = torch.zeros(len(CLASSES), dtype=torch.long)
        self.scores, self.hits, self.labels = (torch.zeros(0) for _ in range(3))
        self.step()

    def changed(self, name: str, before: Value) -> None:
        """Another suppression gives other boxes: count anew."""
        if name == "iou":
            self.again()

    @torch.no_grad()
    def step(self) -> bool:
        """Count one scene more."""
        if self.count >= SCENES:
            return False
        self.scene: LabelledScene = self.make(self.generator)
        x, pixels, boxes, labels = self.scene.tensors()
        self.answer = self.net(x)
        (found,) = self.answer.detect(LEAST, float(self.settings["iou"]))
        hits = torch.zeros(len(found.scores), dtype=torch.bool)
        for label in set(found.labels.tolist()):
            mine = found.labels == label
            hits[mine] = match(found.boxes[mine], boxes[labels == label], AGREE)
        self.found, self.truth = found, boxes
        self.there += labels.bincount(minlength=len(CLASSES))
        self.scores = torch.cat([self.scores, found.scores])
        self.hits = torch.cat([self.hits, hits.float()])
        self.labels = torch.cat([self.labels, found.labels.float()])
        said, side = self.answer.said[0], len(CLASSES) + 1
        pairs = pixels.flatten() * side + said.flatten()
        self.confusion += pairs.bincount(minlength=side * side).view(side, side)
        self.count += 1
        return self.count < SCENES

    def evidence(self) -> tuple:
        """Return the lab."""
        return (self,)

    def left_out(self) -> str:
        """Say that a link counts anew."""
        return "The link begins to count its scenes anew." if self.count > 1 else ""

    def boxes_of(self, which: str) -> tuple[Tensor, Tensor, int]:
        """Return scores, hits and the number of true boxes of a class, or of all together."""
        if which == "all":
            return self.scores, self.hits > 0, int(self.there.sum())
        label = CLASSES.index(which)
        mine = self.labels == label
        return self.scores[mine], self.hits[mine] > 0, int(self.there[label])

    def precisions(self) -> Tensor:
        """Return the average precision of every class, (15,)."""
        return torch.tensor([average_precision(*self.boxes_of(name)) for name in CLASSES])

    def shares(self) -> Tensor:
        """Return the IoU of the pixels of the background and of every class, (16,)."""
        both = self.confusion.diag()
        either = self.confusion.sum(0) + self.confusion.sum(1) - both
        return both / either.clamp_min(1)

    def operating(self) -> tuple[float, float]:
        """Return precision and recall at the least score."""
        scores, hits, total = self.boxes_of(str(self.settings["of"]))
        kept = scores >= float(self.settings["threshold"])
        right = int((hits & kept).sum())
        return right / max(int(kept.sum()), 1), right / max(total, 1)

    def show(self) -> Frame:
        """Return the last scene, the curve, the classes and the confusion."""
        precisions, shares = self.precisions(), self.shares()
        seen = self.there > 0
        mean = float(precisions[seen].mean())
        which = str(self.settings["of"])
        scores, hits, total = self.boxes_of(which)
        precision, recall = self.operating()
        area = average_precision(scores, hits, total)
        n = written
        frame = Frame(
            values={
                "curve": curve(scores, hits, total, (recall, precision)),
                "precisions": precisions,
                "shares": shares[1:],
                "confusion": self.confusion / self.confusion.sum(1, keepdim=True).clamp_min(1),
            },
            notes={
                "titles": {
                    "held": f"number {self.count}",
                    "curve": f"average precision {n(area, '.3f')}; at the threshold precision "
                    f"{n(precision, '.2f')}, recall {n(recall, '.2f')}",
                    "precisions": f"mean {n(mean, '.3f')} after {counted(self.count, 'scene')}",
                    "shares": f"mean {n(shares.mean(), '.3f')}, with the background "
                    f"({n(shares[0], '.3f')})",
                },
                "grids": {"held": [HEIGHT, WIDTH]},
                "photos": ["held"],
                "marks": {},
                "say": f"{counted(self.count, 'scene')}: mean average precision {n(mean, '.2f')}.",
            },
        )
        (kept,) = self.answer.detect(float(self.settings["threshold"]), float(self.settings["iou"]))
        frame.notes["marks"]["held"] = [*outlines(self.truth), *tags(kept, (1, 1))]
        ink = torch.from_numpy(self.scene.ink).float() / 255
        frame.images["held"] = painted(self.answer.said[0], ink)
        return frame


def curve(scores: Tensor, hits: Tensor, total: int, at: tuple[float, float]) -> Tensor:
    """Return precision over recall as lines of a curve, (3, points): recall, precision, and a ring
    around `at` = (recall, precision).
    """
    precision, recall = precision_recall(scores, hits, total)
    thin = torch.linspace(0, max(len(recall) - 1, 0), min(len(recall), 400)).long()
    gap = math.nan
    rows = [
        (at[0] + 0.012 * math.cos(a), gap, at[1] + 0.02 * math.sin(a))
        for a in (2 * math.pi * k / (RING - 1) for k in range(RING))
    ]
    rows += [(float(r), float(p), gap) for r, p in zip(recall[thin], precision[thin], strict=True)]
    rows.append((1.0, gap, gap))
    return torch.tensor(rows).T.contiguous()
