"""What there is to see of pretraining: the race, its table, the layers."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from labs.generative.autoencoders.pretraining.stack import Reader, Stack
from labs.generative.autoencoders.pretraining.verdict import chance
from labs.live import Frame
from labs.numerals import counted, written
from labs.training.course import Course

NAMES = ("pretrained", "random sigmoid", "random ReLU")
UNITS = 24  # units whose weights are shown
BILLION = 1e9


def race(f: Frame, courses: Sequence[Course], mark: float) -> None:
    """Add each net's share of test digits read right over what it has spent, in billions."""
    tables = [course.table() for course in courses]
    spent = torch.cat([t[0] for t in tables if t.numel()] or [torch.zeros(1)])
    lines = torch.full((len(tables), len(spent)), torch.nan)
    at = 0
    for i, t in enumerate(tables):
        if t.numel():
            lines[i, at : at + t.shape[1]] = t[1]
            at += t.shape[1]
    order = spent.argsort(stable=True)
    f.values["race"] = torch.cat([spent[order][None], lines[:, order]])
    f.notes["titles"] = {"race": f"the mark is at {mark / BILLION:.3g} billion multiply-adds"}


def progress(
    f: Frame, stack: Stack, readers: Mapping[str, Reader], verdict: str, trouble: str
) -> None:
    """Say what each net is doing, and what came out at the mark."""
    layer = stack.layer + 1
    doing = (
        f"Layer {layer} of {len(stack.rbms)} learns by CD-1, without labels: "
        f"{counted(len(stack.left), 'step')} to go; squared error of a unit "
        f"{written(stack.error, '.4f')}."
        if not stack.learned and stack.spent
        else f"The layers have learned for {stack.spent / BILLION:.1f} billion multiply-adds, and "
        "the whole is tuned with the labels."
        if stack.learned
        else "Press play: the layers learn one after the other, without labels."
    )
    f.notes["words"] = {"verdict": [
        {"title": "What came out", "text": verdict},
        {"title": "Now", "text": trouble or doing},
    ]}  # fmt: skip
    f.notes["say"] = trouble or verdict


def verdict_of(
    accuracies: Sequence[float], split: tuple[int, int], labels: int, tested: int, mark: float
) -> str:
    """Return the sentences of the three nets at the same cost.

    accuracies: in the order of NAMES.  split: digits that only the pretrained net reads, and only
    the random sigmoid one.
    """
    ahead, behind = split
    by = accuracies[0] - accuracies[1]
    likely = chance(ahead, behind)
    better = "Pretraining is ahead" if by > 0 else "Pretraining is behind" if by < 0 else "A draw"
    sure = (
        "chance alone gives as uneven a split less than once in twenty times"
        if likely < 0.05
        else f"chance alone would give as uneven a split in {likely:.0%} of cases"
    )
    read = ", ".join(f"{name} {a:.1%}" for name, a in zip(NAMES, accuracies, strict=True))
    return (
        f"At {mark / BILLION:.3g} billion multiply-adds each, {counted(labels, 'label')}: {read} "
        f"of {tested} test digits. {better} of the same net from random weights"
        f"{f' by {100 * abs(by):.1f} points' if by else ''}: {ahead} digits only it reads, "
        f"{behind} only the other; {sure}."
    )


def table(f: Frame, runs: Sequence[tuple[str, ...]]) -> None:
    """Add the runs that have come to the mark here: settings, and three shares."""
    f.notes["runs"] = {
        "head": ["labels", "layers", "sweeps", "seed", *NAMES],
        "rows": [list(run) for run in runs] or [["–"] * 7],
    }


def layers(f: Frame, stack: Stack, readers: Mapping[str, Reader], digits: Tensor) -> None:
    """Add weights of the lowest layer of both sigmoid nets, and digits (N, 784) sent up the stack
    and down again.
    """
    w = readers[NAMES[0]].layers[0][0] if NAMES[0] in readers else stack.rbms[0].W
    for name, weights in (("own", w), ("random", readers[NAMES[1]].layers[0][0])):
        f.maps[name] = weights[:, :UNITS].detach().T.reshape(UNITS, 28, 28)
    both = torch.cat([digits, stack.through(digits)])
    f.maps["through"] = both.view(-1, 28, 28)
    used = min(stack.layer + 1, len(stack.rbms))
    f.notes["titles"]["through"] = f"above: in; below: up {counted(used, 'layer')} and down again"
