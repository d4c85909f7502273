"""The n-gram experiment: count what followed, roll the weighted die, write by it."""

from collections.abc import Mapping
from functools import lru_cache

import torch

from labs.data.text import Corpus
from labs.live import Frame
from labs.live.checks import option, rounded, shown, whole
from labs.models.ngram import LONGEST, Found, NGrams, perplexity
from labs.sequences.language.tokens import COWS, Tokens, cut, pieces

KEPT = 1500  # tokens on the page
ROWS = 12
READY = 240  # tokens written when the page opens


@lru_cache(4)
def counted(corpus: Corpus, unit: str) -> tuple[Tokens, NGrams]:
    """Return a corpus in tokens and its counts; shared by everybody who reads it."""
    tokens = Tokens(corpus, unit)
    return tokens, NGrams(tokens.train, len(tokens.symbols))


@lru_cache(16)
def perplexities(corpus: Corpus, unit: str, smoothing: str) -> list[float]:
    """Return the perplexity on the held-out part for n = 1 to the longest; empty if there is none.

    A token that the training part lacks counts as one unknown token.
    """
    tokens, model = counted(corpus, unit)
    if not len(tokens.held):
        return []
    return [perplexity(model.losses(tokens.held, n, smoothing)) for n in range(1, LONGEST + 1)]


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
        self.orders = [0] * len(first)  # of the n-gram that gave each token; 0: typed
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
        self.orders.append(found.order)
        self.thrown += 1
        if len(self.written) > KEPT:
            cut_off = KEPT // 3
            self.written, self.orders = self.written[cut_off:], self.orders[cut_off:]
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
        """Return the text coloured by the n that was found, and the die."""
        texts = self._pieces()
        colors = [float(n) for n, text in zip(self.orders, texts, strict=True) for _ in text]
        found = self.found(self.selected)
        total, n = int(found.counts.sum()), int(self.settings["n"])
        here = None if self.selected is None else self.written[self.selected]
        landed = roll(found, self.u)
        if here is not None:  # a typed token may never have followed
            landed = next(iter((found.tokens == here).nonzero()[0].tolist()), ROWS)
        ends = torch.tensor([len(text) for text in texts]).cumsum(0).tolist()
        at = None if self.selected is None else ends[self.selected] - 1
        rows = [
            [self._name(t), c / total, 0, f"{c}/{total}"]
            for t, c in zip(found.tokens[:ROWS].tolist(), found.counts[:ROWS].tolist(),
                            strict=True)
        ]  # fmt: skip
        before = len(self.written) if self.selected is None else self.selected
        context = self.written[max(0, before - found.order + 1) : before]
        said = " ".join(self._name(t) for t in context) or "nothing"
        throw = f"die {self.u:.4f}" if self.selected is None else "as it was written"
        backed = f", backed off from n = {n}" if found.order < n else ""
        return Frame(
            values={"rolled": torch.tensor(colors)},
            notes={
                "settings": self.settings,
                "colors": {"rolled": "unsigned"},
                "rolled": {
                    "text": "".join(texts), "start": 0, "selected": at, "high": LONGEST,
                    "typed": self.beginning, "label": "tokens of the n-gram that was found",
                },
                "die": {
                    "die": self.u if self.selected is None else None,
                    "rows": rows, "chosen": landed if landed < ROWS else None,
                    "foot": f"{len(found.tokens):,} continuations, {total:,} times; {throw}",
                },
                "titles": {
                    "die": f"after “{said}” (n = {found.order}{backed})",
                    "rolled": f"{len(self.tokens.train):,} {self.settings['unit']} counted, "
                    f"{len(self.model.keys[n - 1]):,} different {n}-grams",
                },
                "say": f"{self.thrown} tokens written.",
            },
        )  # fmt: skip

    def _name(self, number: int) -> str:
        token = self.tokens.symbols[number]
        return {"\n": "↵ line", " ": "␣ space", "": "unknown"}.get(token, token)


def roll(found: Found, u: float) -> int:
    """Return the face on which a die weighted by the counts lands, for u in [0, 1)."""
    total = 0
    for face, count in enumerate(found.counts.tolist()):
        total += count
        if u * int(found.counts.sum()) < total:
            return face
    return len(found.counts) - 1
