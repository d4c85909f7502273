"""A small net that learns to find three kinds of doodles, from scratch, while one looks on."""

from functools import cache

import numpy as np
import torch
from torch import Tensor

from labs.data.doodles import CLASSES, Doodles, held_out
from labs.data.scenes import HEIGHT, WIDTH, LabelledScene, Maker
from labs.live import Frame
from labs.models.boxes import average_precision, match
from labs.models.scene import Detections, SceneNet
from labs.models.scene_loss import WEIGHTS, losses, total
from labs.numerals import counted, written
from labs.training.course import Course
from labs.training.experiment import Training, overshoot
from labs.vision.scenes import challenges
from labs.vision.scenes import controls as c
from labs.vision.scenes.canvas import outlines, tags
from labs.vision.scenes.colours import painted

KINDS = ("cat", "fish", "house")
KNOWN = [CLASSES.index(name) for name in KINDS]  # their numbers among all classes
WIDTHS = (8, 16, 24, 40, 56)
BATCH, POOL = 4, 150  # scenes in a step, and scenes that are made at most
LEARNED = 60  # doodles of each kind to learn from; the others are for the test
TESTED = 20  # scenes of a look
KEPT = 160  # moments of a curve


@cache
def maker(first: int, last: int) -> Maker:
    """Return a maker of scenes of the doodles number first..last of each kind."""
    every = held_out()
    labels = np.full(len(every), -1)  # of no class that is made
    for known in KNOWN:
        chosen = np.flatnonzero(every.labels == known)[first:last]
        labels[chosen] = known
    return Maker(Doodles(every.points, every.last, every.offsets, labels), KNOWN)


def scenes_of(make: Maker, count: int, generator: torch.Generator) -> list[LabelledScene]:
    """Return scenes of two to five doodles."""
    counts = torch.randint(2, 6, (count,), generator=generator).tolist()
    return [make(generator, number) for number in counts]


def batched(scenes: list[LabelledScene]) -> tuple[Tensor, ...]:
    """Return x (N, 1, H, W), pixels (N, H, W), boxes (M, 4), labels (M,), pictures (M,)."""
    parts = [scene.tensors() for scene in scenes]
    local = torch.full((len(CLASSES) + 1,), 0)
    for number, label in enumerate(KNOWN):
        local[label + 1] = number + 1
    x = torch.cat([p[0] for p in parts])
    pixels = local[torch.stack([p[1] for p in parts])]
    of = torch.cat([torch.full((len(p[3]),), i) for i, p in enumerate(parts)])
    labels = local[torch.cat([p[3] for p in parts]) + 1] - 1
    return x, pixels, torch.cat([p[2] for p in parts]), labels, of


class Learning(Training):
    """SceneNet, small, on scenes of three kinds of doodles."""

    name = "scenes.learn"
    controls = (c.RATE, c.THRESHOLD, c.RESTART, c.FRESH)
    challenges = challenges.LEARN
    every = 50

    @property
    def steps(self) -> int:
        """Optimizer steps since the weights were drawn."""
        return self.taken

    def _begin(self) -> None:
        with torch.random.fork_rng():
            torch.manual_seed(self.seed)
            self.model = SceneNet(KINDS, WIDTHS)
        self.taken = 0
        self.generator = torch.Generator().manual_seed(self.seed)
        self.optimizer = torch.optim.Adam(self.model.parameters(), fused=True)
        self.pool: list[LabelledScene] = []
        if not hasattr(self, "tests"):
            generator = torch.Generator().manual_seed(0)
            self.tests = scenes_of(maker(LEARNED, 75), TESTED, generator)
        self.parts: Course = Course(KEPT, mean=True)
        self.precision: list[tuple[int, float]] = []

    def _advance(self) -> str:
        if len(self.pool) < POOL:
            self.pool += scenes_of(maker(0, LEARNED), BATCH, self.generator)
        chosen = torch.randint(len(self.pool), (BATCH,), generator=self.generator).tolist()
        x, *truth = batched([self.pool[i] for i in chosen])
        self.model.train()
        parts = losses(self.model(x), *truth)
        loss = total(parts)
        if not bool(loss.isfinite()):
            return overshoot(float(loss), self.taken, float(self.settings["rate"]))
        for group in self.optimizer.param_groups:
            group["lr"] = float(self.settings["rate"])
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 10.0)
        self.optimizer.step()
        self.taken += 1
        values = [WEIGHTS[name] * float(value.detach()) for name, value in parts.items()]
        self.parts.note((float(self.taken), *values))
        return ""

    @torch.no_grad()
    def _look(self) -> None:
        """Find the boxes of the test scenes; note their mean average precision."""
        self.model.eval()
        x, _, boxes, labels, of = batched(self.tests)
        self.answer = self.model(x)
        found = self.answer.detect(0.02, 0.45)
        values = []
        for kind in range(len(KINDS)):
            scores, hits = [], []
            for n, one in enumerate(found):
                mine, true = one.labels == kind, (of == n) & (labels == kind)
                scores.append(one.scores[mine])
                hits.append(match(one.boxes[mine], boxes[true]))
            there = int((labels == kind).sum())
            values.append(average_precision(torch.cat(scores), torch.cat(hits), there))
        self.precision.append((self.taken, sum(values) / len(values)))

    def evidence(self) -> tuple:
        """Return the lab."""
        return (self,)

    def show(self) -> Frame:
        """Return test scenes with the boxes of now, the loss by part, and precision over steps."""
        frame = Frame(notes={"titles": {}, "grids": {}, "photos": [], "marks": {}})
        found = self.answer.detect(float(self.settings["threshold"]), 0.45)
        for i in range(4):
            name, scene, one = f"test{i}", self.tests[i], found[i]
            local = self.answer.said[i]
            wide = torch.tensor([0, *(k + 1 for k in KNOWN)])[local]
            frame.images[name] = painted(wide, torch.from_numpy(scene.ink).float() / 255)
            frame.notes["photos"].append(name)
            frame.notes["grids"][name] = [HEIGHT, WIDTH]
            known = Detections(one.boxes, one.scores, torch.tensor(KNOWN)[one.labels])
            frame.notes["marks"][name] = [*outlines(scene.boxes), *tags(known, (1, 1))]
        table = self.parts.table() if self.parts else torch.zeros(1 + len(WEIGHTS), 0)
        frame.values["parts"] = table
        frame.values["precision"] = torch.tensor(self.precision).T.contiguous()
        last = self.precision[-1][1]
        frame.notes["titles"] |= {
            "parts": self.trouble or "each part as it counts in the sum",
            "precision": f"{written(last, '.2f')} on {TESTED} test scenes",
        }
        frame.notes["say"] = self.trouble or (
            f"{counted(self.taken, 'step')}: mean average precision {written(last, '.2f')}."
        )
        return frame
