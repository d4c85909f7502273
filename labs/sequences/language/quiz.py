"""Which is the real one?  Two passages, one from a text and one from a net that read it."""

import math
from dataclasses import dataclass
from itertools import islice

import torch
import torch.nn.functional as F

from labs.data import text
from labs.data.text import PRINTABLE, Corpus
from labs.models.characters import CharNet
from labs.sequences.language.export import writing
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.sampling import Settings, sample_steps

LENGTH = 260  # characters of a passage
BEFORE = 200  # characters that the net reads before it writes


@dataclass(frozen=True)
class Question:
    """Two passages; `real` is the index of the true one."""

    passages: tuple[str, str]
    real: int
    bits: tuple[float, float]  # a character, by the net that wrote one of them
    prefix: str  # the held-out lines before the true passage, after which the net wrote
    seed: int  # of the net's dice


def ask(model: CharNet, corpus: Corpus, temperature: float, generator: torch.Generator) -> Question:
    """Return a fresh question: a held-out passage, and one written after its line before."""
    held = corpus.parts[1]
    breaks = [i for i in range(400, len(held) - LENGTH - 1) if held[i] == "\n"]
    at = breaks[int(torch.randint(len(breaks), (), generator=generator))] + 1
    true, prefix = held[at : at + LENGTH], held[at - BEFORE : at]
    seed = int(torch.randint(2**31, (), generator=generator))
    made = written(model, prefix, temperature, seed)
    real = int(torch.randint(2, (), generator=generator))
    passages = (true, made) if real == 0 else (made, true)
    bits = tuple(cost(model, prefix, passage) for passage in passages)
    return Question(passages, real, bits, prefix, seed)


def written(model: CharNet, prefix: str, temperature: float, seed: int) -> str:
    """Return the passage that a net writes after a line break and `prefix`."""
    dice = torch.Generator().manual_seed(seed)
    letters = sample_steps(model, "\n" + prefix, temperature=temperature, generator=dice)
    return "".join(s.character for s in islice(letters, LENGTH))


def cost(model: CharNet, prefix: str, passage: str) -> float:
    """Return how many bits a character of `passage` costs the net after `prefix`."""
    numbers = PRINTABLE.encode(prefix + passage)
    logits, _ = model(numbers[None, :-1])
    last = len(passage)
    return F.cross_entropy(logits[0, -last:], numbers[-last:]).item() / math.log(2)


def subject() -> tuple[CharNet, Corpus] | None:
    """Return a net and the text that it read, if both are on this machine."""
    if text.shakespeare_here() and "lstm" in shipped():
        return load("lstm"), text.shakespeare()
    return (load("python"), text.python_source()) if "python" in shipped() else None


def fresh(temperature: float) -> Question:
    """Return a question nobody has seen, about the subject of this machine."""
    generator = torch.Generator()
    generator.seed()
    model, corpus = subject()
    return ask(model, corpus, temperature, generator)


def script(question: Question, temperature: float) -> str:
    """Return the script that writes the network's passage of a question again."""
    model, _ = subject()
    return writing.script(model, question.prefix, LENGTH, Settings(temperature), question.seed)
