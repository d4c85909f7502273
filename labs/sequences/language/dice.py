"""The n-gram experiment: count what followed, roll the weighted die, write by it."""

import torch

from labs.data.text import Corpus
from labs.live import Frame
from labs.live.checks import EMPTY, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.ngram import LONGEST
from labs.sequences.language import controls as c
from labs.sequences.language.challenges.counting import COUNTING
from labs.sequences.language.export import counting
from labs.sequences.language.throws import Throws
from labs.sequences.language.tokens import COWS, counted, perplexities
from labs.sequences.language.view import die

READY = 240  # tokens written when the page opens
TYPED = 300  # characters of a beginning
SMOOTHED = {"Witten-Bell back-off": "witten-bell", "add one": "add-one"}


class Dice(Lab):
    """A text written by n-grams, one throw a step."""

    name = "language.dice"
    controls = c.COWS
    challenges = COUNTING
    links = ("rolled", "began", "token")
    on = {("rolled", "type"): "begin_with", ("rolled", "click"): "choose_token"}

    def __init__(self, corpus: Corpus = COWS) -> None:
        self.corpus, cows = corpus, corpus.name == COWS.name
        self.controls = c.COWS if cows else c.COUNTING
        super().__init__()
        self.first = self.beginning = "cows eat" if cows else ""
        self._open()

    def _open(self) -> None:
        """Count characters or words."""
        self.tokens, self.model = counted(self.corpus, self.settings["unit"])
        self._begin(0 if self.corpus.name == COWS.name else READY)

    def _begin(self, ahead: int = 0, n: int = 0) -> None:
        """Write the beginning, and so many tokens by the dice of the seed and this n or its own."""
        s = self.settings
        self._began = n or s["n"]
        self.text = Throws(self.tokens, self.model, self._began, self.beginning, s["dice_seed"])
        for _ in range(ahead):
            self.step()
        self.text.n, self.text.forced = s["n"], 0

    @property
    def steps(self) -> int:
        """Tokens written."""
        return self.text.count

    def again(self) -> None:
        """Begin again with the same dice."""
        self._begin()

    def step(self) -> bool:
        """Roll the die once."""
        self.text.roll()
        return True

    def weighed(self) -> dict[str, tuple[list[int], list[float]]]:
        """Return the perplexities on the held-out tenth as (n, perplexity) by smoothing."""
        curves = {
            k: perplexities(self.corpus, self.tokens.unit, how) for k, how in SMOOTHED.items()
        }
        return {name: (list(range(1, len(x) + 1)), x) for name, x in curves.items() if x}

    def changed(self, name: str, before: Value) -> None:
        """Count by another n, cut the text anew, or write as much as is there by other throws."""
        self.text.n = self.settings["n"]
        if name == "unit" and self.settings[name] != before:
            self._open()
        elif name == "dice_seed" and self.settings[name] != before:
            self._begin(min(self.steps, READY))

    def begin_with(self, event: Event) -> None:
        """Begin with what is typed."""
        text = event.get("value")
        if not isinstance(text, str) or len(text) > TYPED:
            raise ValueError(f"The beginning is a text of at most {TYPED} characters.")
        if text != self.beginning:
            self.beginning = text
            self._begin()

    def choose_token(self, event: Event) -> None:
        """Choose the token at a place in the text; none at -1."""
        at = whole(event.get("index"), -1, 100_000, "A place in the text")
        ends = torch.tensor([len(piece) for piece in self.text.pieces()]).cumsum(0)
        token = int((ends <= at).sum())
        self.text.selected = token if at >= 0 and token < len(ends) else None

    def to_link(self) -> dict[str, str]:
        """Return the beginning, if it is the visitor's, and the n of a text begun by another one
        than that of an address without it.
        """
        anew = any(self.settings[name] != self.usual(name) for name in ("unit", "dice_seed"))
        shown = self._began == (self.settings["n"] if anew else self.usual("n"))
        return {
            "rolled": "" if self.beginning == self.first else self.beginning or EMPTY,
            "began": "" if shown else str(self._began),
            "token": "" if self.text.selected is None else str(self.text.selected),
        }

    def left_out(self) -> str:
        """Say that a link writes the text anew."""
        opened = 0 if self.beginning != self.first or self.corpus.name == COWS.name else READY
        if self.steps == opened:
            return ""
        return f"The link opens with {opened} written tokens, not {self.steps:,}."

    def from_link(self, name: str, text: str) -> None:
        """Begin with the text of a link, or by its n; or choose its token."""
        if name == "token":
            self.text.selected = places(text, max(0, len(self.text.written) - 1))[0]
        elif name == "rolled":
            self.begin_with({"value": "" if text == EMPTY else text})
        else:
            self._begin(self.steps, c.N.parse(text))

    def show(self) -> Frame:
        """Return the text coloured by how far it was backed off, and the die."""
        frame = Frame(notes={"titles": {}, "say": f"{self.steps} tokens written."})
        die.text(frame, self.text)
        die.faces(frame, self.text)
        return frame

    def evidence(self) -> tuple:
        """Return the text and its die."""
        return (self.text,)

    def script(self) -> str:
        """Return the script of the die as it lies."""
        context = self.text.context[-LONGEST:]
        return counting.script(self.tokens.text, self.tokens.unit, context, self.text.n)
