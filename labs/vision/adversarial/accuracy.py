"""Accuracy against epsilon: how much of a test set stands, for each attack and for noise."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import torch
from torch import Tensor, nn

from labs.data import digits
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.record import last
from labs.vision.adversarial.subjects import Photograph, subject

LINES: Mapping[str, tuple[str, dict]] = {
    "noise": ("noise", {}),
    "FGSM": ("fgsm", {}),
    "PGD-10": ("pgd", {"steps": 10}),
    "universal": ("universal", {"passes": 1}),  # of these same pictures
}
COUNT = 200  # test digits
BUDGETS, FEWER = 9, 5  # points of each curve: of digits, of photographs


class Cell(NamedTuple):
    """One number of the table: which pictures, read by which net, under which attack."""

    title: str  # of the subject
    data: str  # where the pictures come from
    net: str
    line: str  # of LINES
    norm: str
    eps: float  # pixel units


def share(cell: Cell) -> float:
    """Return the share of a cell's pictures that keep their class.

    Raises ValueError where its pictures are not on this machine.
    """
    model = network(cell.net)
    x, y = pictures(cell.title, cell.net, cell.data)
    return standing(model, x, y, cell.line, cell.eps, cell.norm)


def standing(model: nn.Module, x: Tensor, y: Tensor, line: str, eps: float, norm: str) -> float:
    """Return the share of x: (N, C, H, W) that stays in y under an attack of LINES within eps."""
    name, how = LINES[line]
    generator = torch.Generator().manual_seed(0)
    images = last(ATTACKS[name].steps(model, x, y, eps=eps, norm=norm, generator=generator, **how))
    with torch.no_grad():
        return (model(images).argmax(1) == y).float().mean().item()


def source(title: str) -> str:
    """Return whose pictures they are: UCI's digits, MNIST's once it is here, or photographs."""
    if isinstance(subject(title), Photograph):
        return "photographs"
    return digits.mnist().name if digits.mnist_here() else digits.small().name


@lru_cache(maxsize=8)
def pictures(title: str, net: str, data: str) -> tuple[Tensor, Tensor]:
    """Return pictures (N, C, H, W) and the classes (N,) that they should keep.

    Digits have their true classes; photographs, which have none, what the net says of them.
    Raises ValueError.
    """
    what = subject(title)
    if isinstance(what, Photograph):
        x = what.others()
        with torch.no_grad():
            return x, network(net)(x).argmax(1)
    split = digits.small() if data == digits.small().name else digits.mnist()
    return split.x_test[:COUNT], split.y_test[:COUNT]


def cells(title: str, data: str, line: str, norm: str) -> list[Cell]:
    """Return the cells of one table, net by net, each from no budget to the largest."""
    what = subject(title)
    count = BUDGETS if what.kind == "digit" else FEWER
    budgets = [what.eps[norm] * i / (count - 1) for i in range(count)]
    return [Cell(title, data, net, line, norm, e) for net in what.nets for e in budgets]
