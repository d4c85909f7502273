"""What a reader makes of a name: after every letter, and because of which letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor

from labs import zoo
from labs.data.names import LANGUAGES, LETTERS, encode
from labs.models.names import END, NameReader, NameWriter
from labs.sequences.names.padding import batch_of

UNKNOWN = len(LETTERS) - 1
READERS = {
    "both": "names-bigru",
    "forwards": "names-forwards",
    "backwards": "names-backwards",
}
WRITER = "names-writer"


def readers() -> dict[str, NameReader]:
    """Return the readers whose weights are in the zoo."""
    return {key: zoo.load(name) for key, name in READERS.items() if name in zoo.manifest()}


def accuracy(key: str) -> float:
    """Return a reader's balanced accuracy on names that training never saw, in [0, 1]."""
    return zoo.manifest()[READERS[key]]["metrics"]["balanced_accuracy"]


@dataclass(frozen=True, eq=False)
class Reading:
    """A name, and what readers say of it up to a letter."""

    text: str
    selected: int | None  # the last letter that counts; None: all count
    answers: Mapping[str, Tensor]  # (languages,) by reader; none for no letters
    moving: Tensor  # (T, languages), the first reader's answer after every letter

    @property
    def read(self) -> str:
        """The letters that count."""
        return self.text if self.selected is None else self.text[: self.selected + 1]

    @property
    def answer(self) -> Tensor:
        """The first reader's answer; only where there are letters."""
        return next(iter(self.answers.values()))


@torch.no_grad()
def read(models: Mapping[str, NameReader], text: str, selected: int | None = None) -> Reading:
    """Return what the models, the first of which is looked at closely, make of a name."""
    if not text:
        return Reading("", None, {}, torch.zeros(0, len(LANGUAGES)))
    counts = encode(text if selected is None else text[: selected + 1])
    answers = {key: model([counts])[0].softmax(0) for key, model in models.items()}
    main = next(iter(models.values()))
    return Reading(text, selected, answers, after_each(main, encode(text)))


@torch.no_grad()
def after_each(model: NameReader, name: Tensor) -> Tensor:
    """Return the distribution after 1, 2, ... letters of name: (T,), as (T, languages).

    Each row is the net's answer to that beginning alone, read in all its directions.
    """
    return model([name[:length] for length in range(1, len(name) + 1)]).softmax(1)


@torch.no_grad()
def states(model: NameReader, name: Tensor, direction: str = "forwards") -> Tensor:
    """Return the hidden state after every letter, (T, H), in the order of reading."""
    order = name.flip(0) if direction == "backwards" else name
    h, _ = model.readers[direction](model.embedding(order)[None])
    return h[0]


def gradient(model: NameReader, name: Tensor, language: int) -> Tensor:
    """Return for each letter its embedding's product with the gradient of the logit, (T,).

    To first order this is what the letter adds to the logit.
    """
    x = model.embedding.weight[name].detach().requires_grad_()  # (T, E)
    last = []
    with torch.enable_grad():
        for direction, reader in model.readers.items():
            h, _ = reader((x.flip(0) if direction == "backwards" else x)[None])
            last.append(h[0, -1])
        logit = model.head(torch.cat(last))[language]
    (g,) = torch.autograd.grad(logit, x)
    return (g * x.detach()).sum(1)


@torch.no_grad()
def leave_one_out(model: NameReader, name: Tensor, language: int) -> Tensor:
    """Return for each letter how much the log-probability falls when it is unknown, (T,)."""
    variants = name.repeat(len(name) + 1, 1)
    variants[range(len(name)), range(len(name))] = UNKNOWN
    p = model(list(variants)).log_softmax(1)[:, language]
    return p[-1] - p[:-1]


def importance(method: str, model: NameReader, name: Tensor, language: int) -> Tensor:
    """Return what each letter does for a language by "leave one out" or "gradient", (T,)."""
    how = {"leave one out": leave_one_out, "gradient": gradient}[method]
    return how(model, name, language)


@torch.no_grad()
def write(
    model: NameWriter, language: int, count: int, temperature: float, generator: torch.Generator
) -> list[str]:
    """Return `count` new names of a language; a name ends where the model ends it, or at 20."""
    edge = torch.full((count, 1), END)
    of = torch.full((count,), language)
    x, h, letters = edge, None, []
    for _ in range(20):
        logits, h = model(x, of, h)
        logits = logits[:, -1] / max(temperature, 0.05)
        logits[:, UNKNOWN] = -torch.inf
        x = torch.multinomial(logits.softmax(1), 1, generator=generator)
        letters.append(x[:, 0])
    rows = torch.stack(letters, 1).tolist()
    return [capitals("".join(LETTERS.symbols[i] for i in _until_end(row))) for row in rows]


@torch.no_grad()
def believed(model: NameReader, names: Sequence[str], language: int) -> list[float]:
    """Return the probability that the reader gives to a language for each name; 0 for no name."""
    read = [encode(name) for name in names if name.strip()]
    p = iter(model(read).softmax(1)[:, language].tolist()) if read else iter(())
    return [next(p) if name.strip() else 0.0 for name in names]


def _until_end(row: Sequence[int]) -> list[int]:
    return list(islice(row, row.index(END) if END in row else len(row)))


def capitals(name: str) -> str:
    """Return a name with a capital at the start of each of its parts."""
    parts, start = [], True
    for letter in name:
        parts.append(letter.upper() if start and letter != "ß" else letter)
        start = letter in " -'"
    return "".join(parts)


@torch.no_grad()
def confusion(model: NameReader, names: Sequence[Tensor], languages: Tensor) -> Tensor:
    """Return the share of each true language that is said to be each, (languages, languages)."""
    said = torch.cat([model(part).argmax(1) for part in batch_of(names, 500)])
    count = torch.bincount(languages * len(LANGUAGES) + said, minlength=len(LANGUAGES) ** 2)
    count = count.view(len(LANGUAGES), -1).float()
    return count / count.sum(1, keepdim=True).clamp_min(1)
