"""What makes the net say so: gradients of a box's score and of a pixel's class, and occlusion.

Simonyan, Vedaldi & Zisserman, https://arxiv.org/abs/1312.6034; Zeiler & Fergus,
https://arxiv.org/abs/1311.2901
"""

import torch
from torch import Tensor

from labs.data.scenes import HEIGHT, WIDTH
from labs.models.boxes import iou
from labs.models.scene import Detections, Scene, SceneNet

PATCH, STEP = 32, 32  # pixels: of the square that wipes, and between two of its places
PLACES = (HEIGHT - PATCH) // STEP + 1, (WIDTH - PATCH) // STEP + 1  # rows and columns of them
BATCH = 16


@torch.enable_grad()
def gradient(net: SceneNet, x: Tensor, score: "Score") -> Tensor:
    """Return the gradient of a score with respect to the pixels x (1, 1, H, W), (H, W)."""
    x = x.detach().requires_grad_()
    (slopes,) = torch.autograd.grad(score(net(x)).sum(), x)
    return slopes[0, 0]


class Score:
    """A number that the net gives each of N pictures."""

    def __call__(self, answer: Scene) -> Tensor:
        """Return it of an answer, (N,)."""
        raise NotImplementedError


class BoxScore(Score):
    """Logarithm of a box's score: log objectness + log share of its class."""

    def __init__(self, at: tuple[int, int, int], label: int) -> None:
        self.at, self.label = at, label

    def __call__(self, answer: Scene) -> Tensor:
        a, row, column = self.at
        cell = answer.cells[:, a, :, row, column]
        return cell[:, 4].sigmoid().log() + cell[:, 5:].log_softmax(1)[:, self.label]


class PixelScore(Score):
    """Score of class `entry` (0 is the background) at a pixel, before the softmax."""

    def __init__(self, row: int, column: int, entry: int) -> None:
        self.row, self.column, self.entry = row, column, entry

    def __call__(self, answer: Scene) -> Tensor:
        return answer.pixels[:, self.entry, self.row, self.column]


def cell_of(answer: Scene, found: Detections, which: int) -> tuple[int, int, int]:
    """Return anchor, row and column of the cell that a detection of one picture came from."""
    boxes = answer.boxes[0].flatten(0, 2)
    place = int(iou(found.boxes[which : which + 1], boxes).argmax())
    return tuple(int(i) for i in torch.unravel_index(torch.tensor(place), answer.boxes.shape[1:4]))  # type: ignore[return-value]


@torch.no_grad()
def occlusion(net: SceneNet, x: Tensor, score: Score) -> Tensor:
    """Return by how much a score falls when a square of x (1, 1, H, W) is wiped, at each place of
    the square: (rows, columns).
    """
    rows, columns = PLACES
    whole = score(net(x))
    drops = []
    places = [(r * STEP, c * STEP) for r in range(rows) for c in range(columns)]
    for start in range(0, len(places), BATCH):
        part = places[start : start + BATCH]
        wiped = x.expand(len(part), -1, -1, -1).clone()
        for one, (top, left) in zip(wiped, part, strict=True):
            one[:, top : top + PATCH, left : left + PATCH] = 0
        drops.append(whole - score(net(wiped)))
    return torch.cat(drops).view(rows, columns)
