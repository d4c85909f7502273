"""The points under the visitor's hand: generated, added, dragged, removed, pasted, in a link."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.basics.playground.exam import Sample
from labs.basics.playground.features import Feature, apply
from labs.basics.playground.task import Task
from labs.data import link_points
from labs.data.plane import DATA, Points

COUNT = 240  # points of a generated set
MOST = 2000
TOO_FEW = "Two training points are needed at least."


@dataclass
class Cloud:
    """Points with the part that trains.  x: (2, N) in [-1, 1]; y: (N,); train: (N,) booleans."""

    x: Tensor
    y: Tensor
    train: Tensor
    classes: int
    own: bool = False  # touched by the visitor

    def __len__(self) -> int:
        """How many points there are."""
        return self.x.shape[1]

    def add(self, u: float, v: float, label: float) -> None:
        """Add a training point.  Raises ValueError when there is no room."""
        if len(self) >= MOST:
            raise ValueError(f"There is room for {MOST:,} points.")
        self.x = torch.cat([self.x, torch.tensor([[u], [v]], dtype=self.x.dtype)], 1)
        value = torch.tensor([label]).clamp(-1, 1) if self.classes == 0 else torch.tensor([label])
        self.y = torch.cat([self.y, value.to(self.y.dtype)])
        self.train = torch.cat([self.train, torch.tensor([True])])
        self.own = True

    def move(self, index: int, u: float, v: float) -> None:
        """Move a point."""
        self.x = self.x.clone()
        self.x[:, index] = torch.tensor([u, v], dtype=self.x.dtype)
        self.own = True

    def remove(self, index: int) -> None:
        """Remove a point.  Raises ValueError when it is one of the last two that train."""
        keep = torch.ones(len(self), dtype=torch.bool)
        keep[index] = False
        if (self.train & keep).sum() < 2:
            raise ValueError(TOO_FEW)
        self.x, self.y, self.train = self.x[:, keep], self.y[keep], self.train[keep]
        self.own = True

    def clear(self) -> None:
        """Keep one point of each class, or five of different values, to train on.  Raises
        ValueError when there are not two.
        """
        keep = [int((self.y == value).nonzero()[0]) for value in self.y.unique()][:5]
        if len(keep) < 2:
            raise ValueError(TOO_FEW)
        self.x, self.y = self.x[:, keep], self.y[keep]
        self.train = torch.ones(len(keep), dtype=torch.bool)
        self.own = True

    def divide(self, share: float, seed: int) -> None:
        """Let a random share of the points train, two at least, and the others test."""
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(seed + 1))
        self.train = torch.zeros(len(self), dtype=torch.bool)
        self.train[order[: min(len(self), max(2, round(share * len(self))))]] = True

    def samples(self, features: tuple[Feature, ...], task: Task) -> tuple[Sample, Sample]:
        """Return the training and the test part as a net with these features takes them."""
        x, t = apply(features, self.x.double()), task.targets(self.y)
        y = self.y.bool() if self.classes == 2 else self.y  # as the task predicts it
        return tuple(
            Sample(x[:, part].contiguous(), y[part], t[:, part].contiguous())
            for part in (self.train, ~self.train)
        )

    def to_link(self) -> str:
        """Return the visitor's own points as text for a link; nothing if there are too many."""
        labels = self.y if self.classes else (self.y * link_points.STEPS).round().int()
        words = [f"{k}{'' if t else 't'}" for k, t in zip(labels.tolist(), self.train, strict=True)]
        text = link_points.to_text(self.x, words) if self.own else ""
        return text and f"{self.classes}_{text}"


def generate(data: str, noise: float, share: float, seed: int) -> Cloud:
    """Return the points of a data set, a share of which trains."""
    generator = torch.Generator().manual_seed(seed)
    points = DATA[data](COUNT, noise, generator)
    return split(points, share, seed)


def split(points: Points, share: float, seed: int) -> Cloud:
    """Return points with a random share of them for training, two at least."""
    cloud = Cloud(points.x, points.y, torch.zeros(len(points), dtype=torch.bool), points.classes)
    cloud.divide(share, seed)
    return cloud


def from_link(text: str) -> Cloud:
    """Return the points of a link.  Raises ValueError in one sentence."""
    head, _, rest = text.partition("_")
    x, words = link_points.from_text(rest, -1, 1)
    train = torch.tensor([not word.endswith("t") for word in words])
    try:
        classes, labels = int(head), [int(word.removesuffix("t")) for word in words]
    except ValueError:
        raise link_points.damaged() from None
    steps = link_points.STEPS
    low, high = (0, classes - 1) if classes else (-steps, steps)
    if classes not in (0, 2, 3, 4, 5) or train.sum() < 2:
        raise link_points.damaged()
    if not all(low <= label <= high for label in labels):
        raise link_points.damaged()
    y = torch.tensor(labels)
    return Cloud(x.float(), y if classes else y / steps, train, classes, own=True)
