"""The n-gram experiment: count what followed, roll the weighted die, write by it."""

from collections.abc import Mapping

import numpy as np
import torch

from labs.data.text import Corpus
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import option, rounded, shown, whole
from labs.models.ngram import LONGEST, Found
from labs.sequences.language.challenges import COUNTING
from labs.sequences.language.tokens import COWS, counted, cut, perplexities, pieces
from labs.sequences.language.view import die

KEPT = 1500  # tokens on the page
READY = 240  # tokens written when the page opens


class Dice:
    """A text written by n-grams, one throw a step."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        cows = corpus.name == COWS.name
        self.settings: dict[str, str | float] = {
            "n": 3 if cows else 5, "unit": "words" if cows else "characters", "dice_seed": 1,
        }  # fmt: skip
        self.beginning = "cows eat" if cows else ""
        self.met: set[str] = set()
        self._open()

    def _open(self) -> None:
        self.tokens, self.model = counted(self.corpus, self.settings["unit"])
        self._begin()
        for _ in range(0 if self.corpus.name == COWS.name else READY):
            self.step()
        self.forced = 0

    def _begin(self) -> None:
        self.generator = torch.Generator().manual_seed(int(self.settings["dice_seed"]))
        first = cut(self.beginning, self.settings["unit"])
        self.written = self.tokens.encode(first).tolist()
        self.backed = [0] * len(first)  # steps of back-off that each token needed
        self.thrown = 0
        self.forced = 0  # throws in a row in which the die had a single face
        self.selected: int | None = None
        self._throw()

    def _throw(self) -> None:
        """Have the next number of the die ready: what is shown is what will be used."""
        self.u = torch.rand((), generator=self.generator, dtype=torch.float64).item()

    @property
    def steps(self) -> int:
        """Tokens written."""
        return self.thrown

    @property
    def n(self) -> int:
        """The n that is counted by: the chosen one, or all tokens of a text that has fewer."""
        return min(int(self.settings["n"]), self.model.longest)

    def found(self, at: int | None = None) -> Found:
        """Return what followed the end of the text, or what stands before token `at`."""
        history = self.written if at is None else self.written[:at]
        return self.model.back_off(history, self.n)

    @property
    def context(self) -> list[int]:
        """The numbers of the tokens that the die stands after."""
        return self.written[: self.selected]

    def step(self) -> bool:
        """Roll the die once."""
        found = self.found()
        self.written.append(int(found.tokens[roll(found, self.u)]))
        self.backed.append(self.n - found.order)
        self.thrown += 1
        self.forced = self.forced + 1 if len(found.tokens) == 1 else 0
        if len(self.written) > KEPT:
            cut_off = KEPT // 3
            self.written, self.backed = self.written[cut_off:], self.backed[cut_off:]
            if self.selected is not None:
                self.selected = self.selected - cut_off if self.selected >= cut_off else None
        self._throw()
        return True

    def weighed(self) -> dict[str, tuple[list[int], list[float]]]:
        """Return the perplexities on the held-out tenth as (n, perplexity) by smoothing."""
        lines = {}
        for name, how in (("Witten-Bell back-off", "witten-bell"), ("add one", "add-one")):
            curve = perplexities(self.corpus, str(self.settings["unit"]), how)
            if curve:
                lines[name] = (list(range(1, len(curve) + 1)), curve)
        return lines

    def landed(self, found: Found) -> int | None:
        """Return the face that the next throw gives, or that was the chosen token's."""
        if self.selected is None:
            return roll(found, self.u)
        face = (found.tokens == self.written[self.selected]).nonzero()[0]
        return int(face[0]) if len(face) else None  # a typed token may never have followed

    def receive(self, event: Mapping) -> None:
        """Take in a beginning, a click or a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if event.get("kind") in ("type", "link"):
            if not isinstance(value, str) or len(value) > 300:
                raise ValueError("The beginning is a text of at most 300 characters.")
            if value != self.beginning:
                self.beginning = value
                self._begin()
        elif event.get("kind") == "click":
            self._click(event)
        elif name == "n":
            self.settings["n"] = rounded(value, 1, LONGEST, "n")
        elif name == "dice_seed":
            self._reseed(rounded(value, 0, 99, "The seed"))
        elif name == "unit":
            self._recut(option(value, ("characters", "words"), "The unit"))
        elif name == "again":
            self._begin()
        elif name != "visible":
            raise ValueError(f"The n-grams have no setting {shown(name)}.")

    def _reseed(self, seed: float) -> None:
        """Write as much as is there by other throws; the seed that it has changes nothing."""
        if seed == self.settings["dice_seed"]:
            return
        self.settings["dice_seed"] = seed
        count = min(self.thrown, READY)
        self._begin()
        for _ in range(count):
            self.step()

    def _recut(self, unit: str) -> None:
        """Count characters or words; what is counted already is not counted again."""
        if unit != self.settings["unit"]:
            self.settings["unit"] = unit
            self._open()

    def _click(self, event: Mapping) -> None:
        if event.get("panel") != "rolled":
            raise ValueError("There is nothing to click there.")
        at = whole(event.get("index"), -1, 100_000, "A place in the text")
        ends = torch.tensor([len(piece) for piece in self.pieces()]).cumsum(0)
        token = int((ends <= at).sum())
        self.selected = token if at >= 0 and token < len(self.written) else None

    def pieces(self) -> list[str]:
        """Return the text token by token, as it is written on the page."""
        return pieces([self.tokens.symbols[i] for i in self.written], self.settings["unit"])

    def frame(self) -> Frame:
        """Return the text coloured by how far it was backed off, and the die."""
        frame = Frame(notes={"settings": self.settings, "titles": {}})
        found = self.found(self.selected)
        die.text(frame, self)
        die.faces(frame, self, found)
        self.met = met(COUNTING, self.met, self)
        frame.notes |= {"met": sorted(self.met), "say": f"{self.thrown} tokens written."}
        return frame


def roll(found: Found, u: float) -> int:
    """Return the face on which a die weighted by the counts lands, for u in [0, 1)."""
    ends = found.counts.cumsum()
    return min(int(np.searchsorted(ends, u * ends[-1], side="right")), len(ends) - 1)
