"""Beam search: keep the few likeliest beginnings instead of throwing dice."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.data.text import Vocabulary
from labs.models.characters import CharNet
from labs.sequences.language.page import Page


@dataclass(frozen=True)
class Beam:
    """A continuation and how likely the model finds it."""

    text: str
    bits: float


@torch.no_grad()
def beam_search(
    model: CharNet, vocabulary: Vocabulary, prefix: str, *, width: int = 8, length: int = 60
) -> list[Beam]:
    """Return the `width` likeliest continuations that the search finds, the best first.

    Width 1 is the greedy choice.  A wider beam never looks at fewer beginnings, but what it keeps
    may end worse.
    """
    if not 1 <= width <= 64:
        raise ValueError(f"The width lies between 1 and 64, not {width}.")
    logits, state = model(vocabulary.encode(prefix or "\n")[None])
    best = torch.zeros(1)  # (beams,), log p in nats
    chosen = torch.zeros(1, 0, dtype=torch.int64)
    logits = logits[:, -1]
    for _ in range(length):
        logits[:, -1] = -torch.inf  # the unknown symbol is never written
        scores = best[:, None] + torch.log_softmax(logits, 1)  # (beams, V)
        best, index = scores.flatten().topk(min(width, scores.numel()))
        parent, number = index // scores.shape[1], index % scores.shape[1]
        chosen = torch.cat([chosen[parent], number[:, None]], 1)
        state = _keep(state, parent)
        logits, state = model(number[:, None], state)
        logits = logits[:, -1]
    bits = (-best / torch.log(torch.tensor(2.0))).tolist()
    return [Beam(vocabulary.decode(row), b) for row, b in zip(chosen, bits, strict=True)]


def _keep(state: Tensor | tuple[Tensor, Tensor], parent: Tensor) -> Tensor | tuple[Tensor, Tensor]:
    """Return the state of each beam's parent; states are (layers, beams, H)."""
    if isinstance(state, tuple):
        return tuple(s[:, parent].contiguous() for s in state)
    return state[:, parent].contiguous()


def continuations(page: Page, width: int, length: int = 60, context: int = 300) -> str:
    """Return the best continuations of a page as lines, and what its own last characters cost.

    The beam reads the page's last `context` characters.
    """
    beams = beam_search(
        page.model, page.vocabulary, page.text[-context:], width=width, length=length
    )
    own = float(page.bits[-length:].sum())
    best = "\n\n".join(f"{beam.bits:6.1f} bits  {beam.text}" for beam in beams[:3])
    return (
        f"The page's own last {min(length, len(page))} characters cost {own:.1f} bits.\n"
        f"The likeliest {length} that a beam of {width} finds next:\n\n{best}"
    )
