"""The nets of twenty numbers: one of digits, one of doodles; what goes into each, and its codes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from torch import Tensor

from labs import zoo
from labs.data import doodles, strokes
from labs.data.digits import small
from labs.drawing import Stroke
from labs.drawing.doodle import as_doodle, for_pad, on_paper
from labs.drawing.mnist import place_as_mnist
from labs.drawing.on_pad import OnPad
from labs.drawing.pad import Pad
from labs.live.controls import Button, Choice, same
from labs.zoo.train.doodles import KINDS

NET = Choice("net", "codes of", same("digits", "doodles"), "digits", shown=True)
ANOTHER = Button("another", "another doodle")
SILENT = 0.9  # mean spread above which a number tells nothing
# Of the others the doodles that ship may be among the bitmaps that the net learned from.
COLOURED = tuple(kind for kind in KINDS if kind in doodles.AS_BITMAPS)


@dataclass(frozen=True)
class Kind:
    """A net of the zoo, its classes, and the drawings with which the page opens."""

    net: str
    names: tuple[str, ...]
    seen: Callable[[Pad], Tensor]  # a pad as the net sees it, (1, 1, 28, 28)
    examples: tuple[list[Stroke], ...]  # the drawing, and both ends of the walk
    tests: Callable[[], tuple[Tensor, Tensor]]  # pictures (N, 1, 28, 28) and classes (N,)


class OnKind(OnPad):
    """A lab with a drawing whose net is of digits or of doodles, as NET says.

    `show()` of a subclass notes `unused` among what is hidden.
    """

    def __init__(self) -> None:
        self.asked = 0  # doodles that were asked for
        super().__init__()

    @property
    def kind(self) -> Kind:
        """What the net is about."""
        return NETS[str(self.settings["net"])]

    @property
    def seen(self) -> Tensor:
        """The drawing as the net sees it, (1, 1, 28, 28)."""
        return self.kind.seen(self.pad)

    @property
    def unused(self) -> str:
        """Of samples of digits and of doodles, those that are not for this net."""
        return "samples" if self.settings["net"] == "doodles" else "another"

    def another(self) -> None:
        """Draw the next of the doodles that ship with the lab."""
        self.asked += 1
        self.pad.draw(held_out(self.asked))
        self.drawn()

    def put_up(self) -> None:
        """Put up the drawing with which the kind opens; the visitor's own stays."""
        if self.pad.example:
            self.pad.show(self.kind.examples[0])


@dataclass(frozen=True)
class Codes:
    """Codes of test pictures: (N, 20), their classes (N,), and which numbers are silent, (20,)."""

    mean: Tensor
    labels: Tensor
    silent: Tensor


def _digit(pad: Pad) -> Tensor:
    return place_as_mnist(pad.picture)[0]


def held_out(index: int) -> list[Stroke]:
    """Return a held-out doodle of one of COLOURED as strokes on the pad; the index may be any."""
    at, _ = _chosen()
    return for_pad(doodles.held_out().strokes(int(at[index % len(at)])))


@cache
def _chosen() -> tuple[np.ndarray, np.ndarray]:
    """Which held-out doodles are of COLOURED, and their classes."""
    data = doodles.held_out()
    names = np.array(doodles.CLASSES)[data.labels]
    at = np.flatnonzero(np.isin(names, COLOURED))
    order = np.random.default_rng(0).permutation(len(at))  # not one kind after the other
    return at[order], np.searchsorted(COLOURED, names[at[order]])


@cache
def _doodles() -> tuple[Tensor, Tensor]:
    data, (at, labels) = doodles.held_out(), _chosen()
    return torch.cat([as_doodle(data.strokes(int(i))) for i in at]), torch.from_numpy(labels)


def _digits() -> tuple[Tensor, Tensor]:
    data = small()
    return data.x_test, data.y_test


NETS = {
    "digits": Kind("vae-mnist", tuple(str(k) for k in range(10)), _digit,
                   tuple(strokes.sample(k) for k in (4, 4, 7)), _digits),
    "doodles": Kind("vae-doodles", COLOURED, on_paper,
                    tuple(held_out(k) for k in (6, 20, 9)), _doodles),
}  # fmt: skip


@cache
def codes_of(key: str) -> Codes:
    """Return the codes of the test pictures of one of NETS."""
    kind = NETS[key]
    x, labels = kind.tests()
    mean, log_variance = zoo.load(kind.net).encode(x)
    return Codes(mean, labels, (log_variance / 2).exp().mean(0) > SILENT)
