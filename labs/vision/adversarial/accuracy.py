"""Accuracy against epsilon: how much of a test set stands, for each attack and for noise."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from labs.data import digits
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.record import last
from labs.vision.adversarial.subjects import Photograph, Subject, subject

LINES: Mapping[str, tuple[str, dict]] = {
    "noise": ("noise", {}),
    "FGSM": ("fgsm", {}),
    "PGD-10": ("pgd", {"steps": 10}),
}
COUNT = 200  # test digits
BUDGETS, FEWER = 9, 5  # points of each curve: of digits, of photographs


def curves(
    model: nn.Module, x: Tensor, y: Tensor, eps: Sequence[float], norm: str
) -> dict[str, list[float]]:
    """Return for each attack the share of x: (N, C, H, W) that stays in y at each eps."""
    result: dict[str, list[float]] = {}
    for title, (name, how) in LINES.items():
        result[title] = []
        for e in eps:
            generator = torch.Generator().manual_seed(0)
            images = last(
                ATTACKS[name].steps(model, x, y, eps=e, norm=norm, generator=generator, **how)
            )
            with torch.no_grad():
                stands = model(images).argmax(1) == y
            result[title].append(stands.float().mean().item())
    return result


def pictures(what: Subject, model: nn.Module) -> tuple[Tensor, Tensor, str]:
    """Return pictures, the classes that they should keep, and where they come from.

    Digits are UCI's (or MNIST's, once it is here) with their true classes; of the photographs,
    which have no labels, the class is what the net says of the clean one.
    """
    if isinstance(what, Photograph):
        x = what.others()
        with torch.no_grad():
            return x, model(x).argmax(1), "the seven photographs, each with its first verdict"
    split = digits.mnist() if digits.mnist_here() else digits.small()
    return split.x_test[:COUNT], split.y_test[:COUNT], f"{COUNT} test digits of {split.name}"


def stands(title: str, net: str, norm: str) -> tuple[dict[str, tuple[list, list]], str]:
    """Return a net's curves, name -> (budgets as on the slider, shares), and their source."""
    what, model = subject(title), network(net)
    x, y, source = pictures(what, model)
    count = BUDGETS if what.kind == "digit" else FEWER
    eps = [what.eps[norm] * i / (count - 1) for i in range(count)]
    scale = 255 if norm == "linf" else 1
    lines = curves(model, x, y, eps, norm)
    return {name: ([scale * e for e in eps], line) for name, line in lines.items()}, source
