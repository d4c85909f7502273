"""The n-gram experiment: count what followed, roll the weighted die, write by it."""

from collections.abc import Mapping

import numpy as np
import torch

from labs.data.text import Corpus
from labs.live import Frame
from labs.live.checks import option, rounded, shown, whole
from labs.models.ngram import LONGEST, Found
from labs.sequences.language.tokens import COWS, counted, cut, perplexities, pieces

KEPT = 1500  # tokens on the page
ROWS = 12
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
        self._open()

    def _open(self) -> None:
        self.tokens, self.model = counted(self.corpus, self.settings["unit"])
        self._begin()
        for _ in range(0 if self.corpus.name == COWS.name else READY):
            self.step()

    def _begin(self) -> None:
        self.generator = torch.Generator().manual_seed(int(self.settings["dice_seed"]))
        first = cut(self.beginning, self.settings["unit"])
        self.written = self.tokens.encode(first).tolist()
        self.backed = [0] * len(first)  # steps of back-off that each token needed
        self.thrown = 0
        self.selected: int | None = None
        self._throw()

    def _throw(self) -> None:
        """Have the next number of the die ready: what is shown is what will be used."""
        self.u = torch.rand((), generator=self.generator, dtype=torch.float64).item()

    @property
    def steps(self) -> int:
        """Tokens written."""
        return self.thrown

    def found(self, at: int | None = None) -> Found:
        """Return what followed the end of the text, or what stands before token `at`."""
        history = self.written if at is None else self.written[:at]
        return self.model.back_off(history, int(self.settings["n"]))

    @property
    def context(self) -> list[int]:
        """The numbers of the tokens that the die stands after."""
        return self.written[: self.selected]

    def step(self) -> bool:
        """Roll the die once."""
        found = self.found()
        self.written.append(int(found.tokens[roll(found, self.u)]))
        self.backed.append(min(int(self.settings["n"]), self.model.longest) - found.order)
        self.thrown += 1
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

    def receive(self, event: Mapping) -> None:
        """Take in a beginning, a click or a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if event.get("kind") in ("type", "link"):
            if not isinstance(value, str) or len(value) > 300:
                raise ValueError("The beginning is a text of at most 300 characters.")
            self.beginning = value
            self._begin()
        elif event.get("kind") == "click":
            self._click(event)
        elif name == "n":
            self.settings["n"] = rounded(value, 1, LONGEST, "n")
        elif name == "dice_seed":
            self.settings["dice_seed"] = rounded(value, 0, 99, "The seed")
            self._begin()
        elif name == "unit":
            self.settings["unit"] = option(value, ("characters", "words"), "The unit")
            self._open()
        elif name == "again":
            self._begin()
        elif name != "visible":
            raise ValueError(f"The n-grams have no setting {shown(name)}.")

    def _click(self, event: Mapping) -> None:
        if event.get("panel") != "rolled":
            raise ValueError("There is nothing to click there.")
        at = whole(event.get("index"), -1, 100_000, "A place in the text")
        ends = torch.tensor([len(piece) for piece in self._pieces()]).cumsum(0)
        token = int((ends <= at).sum())
        self.selected = token if at >= 0 and token < len(self.written) else None

    def _pieces(self) -> list[str]:
        return pieces([self.tokens.symbols[i] for i in self.written], self.settings["unit"])

    def frame(self) -> Frame:
        """Return the text coloured by how far it was backed off, and the die."""
        frame = Frame(notes={"settings": self.settings, "titles": {}})
        found = self.found(self.selected)
        self._text(frame)
        self._die(frame, found)
        frame.notes["say"] = f"{self.thrown} tokens written."
        return frame

    def _text(self, frame: Frame) -> None:
        texts, n = self._pieces(), int(self.settings["n"])
        colors = [float(k) for k, text in zip(self.backed, texts, strict=True) for _ in text]
        frame.values["rolled"] = torch.tensor(colors)
        frame.notes["colors"] = {"rolled": "unsigned"}
        ends = torch.tensor([len(text) for text in texts]).cumsum(0).tolist()
        frame.notes["rolled"] = {
            "text": "".join(texts), "start": 0, "high": 4, "typed": self.beginning,
            "selected": None if self.selected is None else ends[self.selected] - 1,
            "label": "steps of back-off",
        }  # fmt: skip
        frame.notes["titles"]["rolled"] = (
            f"{len(self.tokens.train):,} {self.settings['unit']}, "
            f"{len(self.model.keys[n - 1]):,} different {n}-grams"
        )

    def _die(self, frame: Frame, found: Found) -> None:
        """The faces with their counts; the needle lies where the next throw lands."""
        total, n = int(found.counts.sum()), int(self.settings["n"])
        before = len(self.written) if self.selected is None else self.selected
        landed: int | None = roll(found, self.u)
        if self.selected is not None:  # a typed token may never have followed
            here = (found.tokens == self.written[self.selected]).nonzero()[0].tolist()
            landed = here[0] if here else None
        faces = zip(found.tokens[:ROWS].tolist(), found.counts[:ROWS].tolist(), strict=True)
        throw = f"die {self.u:.4f}" if self.selected is None else "as it was written"
        frame.notes["die"] = {
            "die": self.u if self.selected is None else None,
            "rows": [[self._name(t), c / total, 0, f"{c}/{total}"] for t, c in faces],
            "chosen": landed if landed is not None and landed < ROWS else None,
            "foot": f"{len(found.tokens):,} continuations, {total:,} times; {throw}",
        }
        context = self.written[max(0, before - found.order + 1) : before]
        said = " ".join(self._name(t) for t in context) or "nothing"
        backed = f", backed off from n = {n}" if found.order < n else ""
        frame.notes["titles"]["die"] = f"after “{said}” (n = {found.order}{backed})"

    def _name(self, number: int) -> str:
        token = self.tokens.symbols[number]
        return {"\n": "↵ line", " ": "␣ space", "": "unknown"}.get(token, token)


def roll(found: Found, u: float) -> int:
    """Return the face on which a die weighted by the counts lands, for u in [0, 1)."""
    ends = found.counts.cumsum()
    return min(int(np.searchsorted(ends, u * ends[-1], side="right")), len(ends) - 1)
