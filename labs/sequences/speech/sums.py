"""The forward and backward sums on three frames, with numbers small enough to add by hand."""

import math

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.checks import number, numbers, places, whole
from labs.live.controls import Button, Choice
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.sequences.speech import ctc, sums_view
from labs.sequences.speech.challenges import SUMMING
from labs.sequences.speech.export import sums as export
from labs.sequences.speech.tiny import FRAMES, LEAST, SYMBOLS, by_text, said, shared_out, symbols

FIRST = ((0.2, 0.7, 0.1), (0.5, 0.3, 0.2), (0.3, 0.1, 0.6))
TEXTS = ("ab", "a", "b", "ba", "aa", "bb", "aba", "bab", "nothing")
SHOWS = (("alpha", "forward α"), ("beta", "backward β"), ("occupancy", "share α β / p"))
TARGET = Choice("target", "text", tuple((t, t) for t in TEXTS), "ab", shown=True)
SHOW = Choice("show", "in the nodes", SHOWS, "alpha", shown=True)
LEARN = Button("learn", "A step up the gradient")
AGAIN = Button("again", "First probabilities")
CONTROLS = (TARGET, SHOW, LEARN, AGAIN)
STEP = 1.0  # of the logits


class Sums(Lab):
    """Three distributions over a blank and two symbols, and all 27 paths through them."""

    name = "speech.sums"
    controls = CONTROLS
    challenges = SUMMING
    links = ("p", "node")
    undoable = True
    quick = True
    on = {
        ("grid", "edit"): "edit",
        ("texts", "click"): "open_text",
        ("nodes", "click"): "choose",
    }

    def __init__(self) -> None:
        super().__init__()
        self.probs = [list(row) for row in FIRST]
        self.node = (3, 1)  # the chosen row and frame of the lattice

    @property
    def p(self) -> Tensor:
        """The probabilities, (FRAMES, symbols)."""
        return torch.tensor(self.probs, dtype=torch.float64)

    @property
    def target(self) -> list[int]:
        """The text that is summed, as symbols."""
        return symbols(str(self.settings["target"]))

    @property
    def sums(self) -> ctc.Lattice:
        """The sums of the text."""
        return ctc.lattice(self.p.log(), self.target)

    @property
    def chosen(self) -> tuple[int, int]:
        """The row and the frame that are looked at; this text may have fewer rows."""
        return min(self.node[0], 2 * len(self.target)), self.node[1]

    def edit(self, event: Event) -> None:
        """Set one probability; the others of its frame keep their ratio."""
        at = whole(event.get("index"), 0, FRAMES * len(SYMBOLS) - 1, "A cell")
        value = number(event.get("value"), -1e9, 1e9, "A probability")
        symbol, frame = divmod(at, FRAMES)
        self.probs[frame] = shared_out(self.probs[frame], symbol, value)

    def open_text(self, event: Event) -> None:
        """Sum the paths of one of the texts."""
        ranked = self.ranked()
        self.settings["target"] = ranked[whole(event.get("unit"), 0, len(ranked) - 1, "A text")][0]

    def choose(self, event: Event) -> None:
        """Choose a node of the lattice."""
        row = whole(event.get("row"), 0, 2 * len(self.target), "A row")
        self.node = row, whole(event.get("col"), 0, FRAMES - 1, "A frame")

    def learn(self) -> None:
        """Step the logits along the gradient of ln p, which is the share less the probability."""
        if self.sums.log_prob == -math.inf:
            raise ValueError("No path says this text, and there is no gradient.")
        moved = (self.p.log() + STEP * ctc.logit_gradient(self.p.log(), self.sums)).softmax(1)
        self.probs = [shared_out(row, 0, row[0]) for row in moved.tolist()]

    def again(self) -> None:
        """Go back to the first probabilities."""
        self.probs = [list(row) for row in FIRST]

    def ranked(self) -> list[tuple[str, float]]:
        """Return the texts, the likeliest first."""
        return sorted(by_text(self.p).items(), key=lambda pair: (-pair[1], pair[0]))

    def show(self) -> Frame:
        """Return the probabilities, the lattice, its paths, and the texts."""
        s = self.settings
        return sums_view.frame(self.p, str(s["target"]), str(s["show"]), self.chosen, self.ranked())

    def evidence(self) -> tuple:
        """Return the probabilities, that of each text, and what the likeliest path says."""
        return self.p, by_text(self.p), said(ctc.best_path(self.p))

    def to_link(self) -> dict[str, str]:
        """Return the probabilities and the chosen node."""
        flat = [v for row in self.probs for v in row]
        first = [v for row in FIRST for v in row]
        return {
            "p": "" if flat == first else ",".join(map(repr, flat)),
            "node": "" if self.node == (3, 1) else "{}.{}".format(*self.node),
        }

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "node":
            row, frame = places(text, 6, FRAMES - 1)
            self.node = row, frame
            return
        flat = numbers(text, FRAMES * len(SYMBOLS), LEAST / 2, 1)
        rows = [flat[i : i + len(SYMBOLS)] for i in range(0, len(flat), len(SYMBOLS))]
        if any(abs(sum(row) - 1) > 1e-6 for row in rows):
            raise ValueError("The link has probabilities that do not sum to 1.")
        self.probs = rows

    def script(self) -> str:
        """Return the script that sums the same paths."""
        return export.script(self.probs, self.target)
