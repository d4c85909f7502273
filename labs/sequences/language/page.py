"""A text and the net that reads and writes it: every character with the state it left behind."""

import torch
from torch import Tensor

from labs.data.text import Vocabulary
from labs.models.characters import CharNet
from labs.sequences.language.inside import Past
from labs.sequences.language.sampling import (
    Noise,
    Settings,
    distribution,
    known,
    surprise,
    throw,
)
from labs.sequences.language.stepper import Stepper

LONGEST = 1500  # characters of a page; when it is full, the first third is let go


class Page:
    """What was read or written so far, character by character, as one net took it in."""

    def __init__(self, model: CharNet, vocabulary: Vocabulary, longest: int = LONGEST) -> None:
        self.model, self.vocabulary, self.longest = model, vocabulary, longest
        self.stepper = Stepper(model)
        shape = (longest + 1, self.stepper.layers, self.stepper.hidden)
        self._h, self._c = torch.zeros(shape), torch.zeros(shape)
        self._numbers = torch.zeros(longest, dtype=torch.int64)
        self._bits = torch.zeros(longest)  # of each character, before it was read
        self._begin()

    def _begin(self) -> None:
        """An empty page: the net has read one line break, and nothing else."""
        self.text = ""
        self.start = 0  # characters let go before text[0]
        self.stepper.reset()
        self.logits = self.stepper.feed(int(self.vocabulary.encode("\n")[0]))
        self._keep(0)

    def __len__(self) -> int:
        return len(self.text)

    def read(self, text: str) -> None:
        """Make the page say `text`; what it already says from its beginning is not read again."""
        same = 0
        while same < min(len(text), len(self.text)) and text[same] == self.text[same]:
            same += 1
        if self.start or same == 0:
            self._begin()
            same = 0
        elif same < len(self.text):
            self.back_to(same)
        for character in text[same:]:
            self.add(character)

    def back_to(self, length: int) -> None:
        """Forget all but the first `length` characters of the page."""
        self.text = self.text[:length]
        self.stepper.h.copy_(self._h[length].flatten())
        self.stepper.c.copy_(self._c[length].flatten())
        head = self.model.head
        self.logits = torch.addmv(head.bias, head.weight, self._h[length, -1])

    def add(self, character: str, number: int | None = None) -> None:
        """Read one more character; `number` is its place in the vocabulary, if it is known."""
        if len(self.text) == self.longest:
            self._let_go(self.longest // 3)
        at = len(self.text)
        if number is None:
            number = int(self.vocabulary.encode(character)[0])
        self._numbers[at] = number
        self._bits[at] = surprise(self.logits, number)
        self.logits = self.stepper.feed(number)
        self.text += character
        self._keep(at + 1)

    def _keep(self, at: int) -> None:
        self._h[at] = self.stepper.h.view(self.stepper.layers, -1)
        self._c[at] = self.stepper.c.view(self.stepper.layers, -1)

    def _let_go(self, count: int) -> None:
        left = len(self.text) - count
        for x in (self._h, self._c):
            x[: left + 1] = x[count : count + left + 1].clone()
        for x in (self._numbers, self._bits):
            x[:left] = x[count : count + left].clone()
        self.text, self.start = self.text[count:], self.start + count

    @property
    def bits(self) -> Tensor:
        """The surprise of every character on the page, (length,), in bits."""
        return self._bits[: len(self.text)]

    def past(self, length: int | None = None) -> Past:
        """Return the states of the first `length` characters (all)."""
        n = len(self.text) if length is None else length
        return Past(self._numbers[:n], self._h[: n + 1], self._c[: n + 1])

    def logits_before(self, index: int) -> Tensor:
        """Return the logits (V,) from which character `index` was to come."""
        head = self.model.head
        return torch.addmv(head.bias, head.weight, self._h[index, -1])


def write(page: Page, how: Settings, noise: Noise) -> None:
    """Draw the page's next character and read it."""
    _, p = distribution(known(page.logits), how)
    number = throw(p, noise.next())
    page.add(page.vocabulary.symbols[number], number)
