"""The forward and backward sums on three frames, with numbers small enough to add by hand."""

import math
from collections import defaultdict
from collections.abc import Sequence

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import numbers, option, places, restored, whole
from labs.live.controls import Button, Choice, Select
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import number, written
from labs.sequences.speech import ctc
from labs.sequences.speech.export import sums as export

SYMBOLS = "–ab"  # the blank and two symbols
FRAMES = 3
FIRST = ((0.2, 0.7, 0.1), (0.5, 0.3, 0.2), (0.3, 0.1, 0.6))
TEXTS = ("", "a", "b", "aa", "ab", "ba", "bb", "aba", "bab")
NAMES = {text: f"“{text}”" if text else "nothing" for text in TEXTS}
SHOWS = (("alpha", "forward α"), ("beta", "backward β"), ("occupancy", "share α β / p"))
LEAST, MOST = 1e-3, 0.998
TARGET = Select("target", "text", tuple(NAMES.items()), "ab")
SHOW = Choice("show", "in the nodes", SHOWS, "alpha", shown=True)
LEARN = Button("learn", "A step up the gradient")
AGAIN = Button("again", "First probabilities")
CONTROLS = (TARGET, SHOW, LEARN, AGAIN)
STEP = 1.0  # of the logits


def symbols(text: str) -> list[int]:
    """Return a text as numbers of SYMBOLS."""
    return [SYMBOLS.index(c) for c in text]


def said(path: Sequence[int]) -> str:
    """Return what a path says."""
    return "".join(SYMBOLS[s] for s in ctc.collapse(path))


def by_text(probs: Tensor) -> dict[str, float]:
    """Return the probability of every text, counted path by path; probs: (T, K)."""
    sums: dict[str, float] = defaultdict(float)
    for path, p in ctc.all_paths(probs):
        sums[said(path)] += p
    return dict(sums)


def shared_out(row: Sequence[float], at: int, value: float) -> list[float]:
    """Return probabilities that sum to 1, of which number `at` is `value`; the others keep their
    ratio.
    """
    value = min(max(value, LEAST), MOST)
    rest = sum(v for i, v in enumerate(row) if i != at)
    return [value if i == at else v * (1 - value) / rest for i, v in enumerate(row)]


class Sums(Lab):
    """Three distributions over a blank and two symbols, and all 27 paths through them."""

    name = "speech.sums"
    controls = CONTROLS
    links = ("p", "node")
    undoable = True
    on = {
        ("probs", "slide"): "slide",
        ("probs", "type"): "slide",
        ("probs", "restore"): "restore",
        ("grid", "edit"): "edit",
        ("paths", "click"): "open_path",
        ("texts", "click"): "open_text",
        ("nodes", "click"): "choose",
    }

    def __init__(self) -> None:
        super().__init__()
        self.probs = [list(row) for row in FIRST]
        self.chosen: tuple[int, int] = (3, 1)  # row and frame of the lattice

    @property
    def p(self) -> Tensor:
        """The probabilities, (FRAMES, symbols)."""
        return torch.tensor(self.probs, dtype=torch.float64)

    @property
    def target(self) -> list[int]:
        """The text that is summed."""
        return symbols(str(self.settings["target"]))

    @property
    def sums(self) -> ctc.Lattice:
        """The sums of the text."""
        return ctc.lattice(self.p.log(), self.target)
