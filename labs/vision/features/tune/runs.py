"""Two questions to one body: heads on features that stay, or with the last block trained, too.

Caruana, "Multitask learning", Machine Learning 28 (1997), https://doi.org/10.1023/A:1007379606734;
Yosinski et al., "How transferable are features in deep neural networks?", NIPS 2014,
https://arxiv.org/abs/1411.1792; for what is forgotten, Goodfellow et al., "An empirical
investigation of catastrophic forgetting", https://arxiv.org/abs/1312.6211.
"""

import copy
from dataclasses import dataclass
from functools import cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.data.photos import NAMES, photo
from labs.trace import trace
from labs.vision.features import body
from labs.vision.features.source import square
from labs.vision.features.teach.examples import FORMS, PAINTS, shape
from labs.vision.features.teach.roads import SIDE

BEFORE = "_blocks.14"  # what comes out of it is computed once: (N, 192, 4, 4)
TASKS = ("form", "colour")
KINDS = {  # which heads a run has, and whether its last block is trained
    "frozen": (TASKS, False), "form": (("form",), True), "colour": (("colour",), True),
    "both": (TASKS, True),
}  # fmt: skip
EACH = 4  # drawings of every form in every colour that may be trained on
HELD = 3  # and that are held out
NOISE = 0.2  # standard deviation of the grain on every drawing


class Last(nn.Module):
    """The last block and the layer after it: (N, 192, h, w) to features (N, 1280)."""

    def __init__(self) -> None:
        super().__init__()
        model = body.net()
        self.block = copy.deepcopy(model._blocks[15])
        self.conv = copy.deepcopy(model._conv_head)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu6(self.conv(self.block(x))).mean((2, 3))


@dataclass(frozen=True)
class Drawings:
    """What comes out before the last block, with the labels of both tasks."""

    x: Tensor  # (N, 192, 4, 4)
    y: dict[str, Tensor]  # by task (N,)


@torch.no_grad()
def before_last(x: Tensor) -> Tensor:
    """Return pictures x: (N, 3, S, S) in [0, 1] as the last block reads them: (N, 192, h, w)."""
    return trace(body.net(), x, [BEFORE]).activations[BEFORE]


@cache
def drawings() -> tuple[Tensor, Drawings, Drawings]:
    """Return a few of the pictures (N, 3, S, S), those to train on, and those held out; shared and
    not to be changed.  They go through all forms and colours in turn.
    """
    generator = torch.Generator().manual_seed(11)
    sets, shown = [], None
    for each in (EACH, HELD):
        pictures, labels = [], []
        for _ in range(each):
            for f, form in enumerate(FORMS):
                for p, paint in enumerate(PAINTS):
                    x = shape(form, paint, generator)
                    grain = NOISE * torch.randn(x.shape, generator=generator)
                    pictures.append((x + grain).clamp(0, 1))
                    labels.append((f, p))
        x, y = torch.cat(pictures), torch.tensor(labels)
        shown = x[:9] if shown is None else shown
        sets.append(Drawings(before_last(x), dict(zip(TASKS, y.T, strict=True))))
    return shown, *sets


@cache
def old_task() -> tuple[Tensor, Tensor]:
    """Return pieces of photographs as the last block reads them, and what ImageNet's head said of
    them before anything was trained: (N, 192, 4, 4) and (N,).
    """
    pieces = []
    for name in NAMES:
        x = square(photo(name), 320)
        pieces += [x[..., i : i + 200, j : j + 200] for i in (0, 120) for j in (0, 120)]
    x = F.interpolate(torch.cat(pieces), (SIDE, SIDE), mode="bilinear", antialias=True)
    return before_last(x), body.net()(x).argmax(1)


class Run:
    """One way to learn: its heads, on a last block that stays or is trained."""

    def __init__(self, kind: str, examples: int, rate: float, seed: int = 0) -> None:
        self.kind = kind
        self.tasks, self.trains = KINDS[kind]
        _, all_drawings, self.held = drawings()
        n = 9 * examples
        self.data = Drawings(all_drawings.x[:n], {t: y[:n] for t, y in all_drawings.y.items()})
        self.last = Last().requires_grad_(self.trains)
        generator = torch.Generator().manual_seed(seed)
        self.heads = nn.ModuleDict({task: nn.Linear(body.WIDTH, 3) for task in TASKS})
        for task in TASKS:  # the same beginning for all runs
            nn.init.normal_(self.heads[task].weight, std=0.01, generator=generator)
            nn.init.zeros_(self.heads[task].bias)
        trained = [p for task in self.tasks for p in self.heads[task].parameters()]
        groups = [{"params": trained, "lr": 10 * rate}]  # a head begins from nothing
        if self.trains:
            groups.append({"params": list(self.last.parameters()), "lr": rate})
        self.adam = torch.optim.Adam(groups)
        self.losses: list[float] = []
        self.fixed = None
        if not self.trains:
            with torch.no_grad():
                self.fixed = self.last(self.data.x)

    @property
    def parameters(self) -> int:
        """How many numbers are trained."""
        return sum(p.numel() for group in self.adam.param_groups for p in group["params"])

    def step(self) -> None:
        """Take one step on all drawings at once: the sum of the tasks' losses."""
        f = self.last(self.data.x) if self.trains else self.fixed
        loss = sum(F.cross_entropy(self.heads[t](f), self.data.y[t]) for t in self.tasks)
        loss.backward()
        self.adam.step()
        self.adam.zero_grad()  # gradients are as large as the block: not kept
        self.losses.append(loss.item())

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return the share of held-out drawings that each head tells right, by task, and "kept":
        the share of photographs of which ImageNet's own head still says the same.
        """
        f = self.last(self.held.x)
        found = {
            t: (self.heads[t](f).argmax(1) == self.held.y[t]).float().mean().item()
            for t in self.tasks
        }
        x, said = old_task()
        now = body.net()._fc(self.last(x)).argmax(1)
        return found | {"kept": (now == said).float().mean().item()}
