"""A visitor's own points as text in a link: hundredths and a word, "50.-25.1_0.100.0"."""

from collections.abc import Iterable

import torch
from torch import Tensor

MOST = 64  # points that a link still holds
STEPS = 100  # of a coordinate from 0 to 1


def snapped(x: Tensor) -> Tensor:
    """Return coordinates as a link holds them, so that what is shared is what is shown."""
    return ((x.double() * STEPS).round() / STEPS).to(x.dtype)


def to_text(x: Tensor, words: Iterable[object]) -> str:
    """Return x: (2, N) and what is said of each point; nothing where there are too many."""
    if x.shape[1] > MOST:
        return ""
    places = (x * STEPS).round().int().T.tolist()
    return "_".join(f"{u}.{v}.{word}" for (u, v), word in zip(places, words, strict=True))


def from_text(text: str, low: float, high: float) -> tuple[Tensor, list[str]]:
    """Return x: (2, N) in [low, high], float64, and the words.  Raises ValueError."""
    try:
        split = (part.split(".") for part in text[:4000].split("_"))
        rows = [(int(u), int(v), word) for u, v, word in split]
    except ValueError:
        raise damaged() from None
    inside = all(low * STEPS <= at <= high * STEPS for *place, _ in rows for at in place)
    if not inside or not 2 <= len(rows) <= MOST:
        raise damaged()
    *place, words = zip(*rows, strict=True)
    return torch.tensor(place, dtype=torch.float64) / STEPS, list(words)


def damaged() -> ValueError:
    """Return what is said of a text that holds no points."""
    return ValueError("The points in the link are damaged; the usual ones are here instead.")
