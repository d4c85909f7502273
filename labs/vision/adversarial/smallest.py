"""The smallest budget that fools, by bisection, several ways at once in one batch."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from labs.images import quantise
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.record import Slope, fooled, last

# Into how many parts what is left is cut.  A small net answers a batch almost as fast as one
# picture; a larger one gains nothing from a batch.  FGSM costs one look for each budget, and it may
# win with one, lose with the next and win again, so that it is worth looking more closely.
PARTS, CLOSELY, HALVES = 8, 32, 2
MANY = 2_000  # values of a picture, from where a net counts as large
LEVEL = 0.5 / 255  # a smaller change, in whatever norm, is lost when the picture becomes a file
FINE = 0.02  # of the smallest budget: how exactly it is found, in L2 and L1
CLEARLY = 1.2  # times larger: close to the boundary rounding decides, which is no news
PATIENCE = 0.15  # seconds between two searches while the hand moves


@dataclass(frozen=True)
class Smallest:
    """What the search found."""

    eps: float | None  # in pixel units; None: no budget up to the largest fools
    tried: tuple[float, ...]  # every budget, in order
    won: tuple[bool, ...]

    @property
    def relapse(self) -> tuple[float, float] | None:
        """A budget that won and a clearly larger one that did not, if there are any."""
        first = next((e for e, w in zip(self.tried, self.won, strict=True) if w), None)
        pairs = zip(self.tried, self.won, strict=True)
        later = [e for e, w in pairs if not w and first is not None and e > CLEARLY * first]
        return (first, later[0]) if later else None


def smallest(
    model: nn.Module, x: Tensor, says: int, plan: Plan, high: float, known: Slope | None = None
) -> Smallest:
    """Return the smallest eps up to `high` with which `plan` turns x: (1, C, H, W).

    says: the class of x.  known: the loss's slope at x, if it was taken.  Success is that of the
    8-bit picture.  Where larger budgets lose again, the smallest one is searched for all the same.
    In L-infinity eps is a multiple of half a level; else it has three digits, and is at most FINE
    larger than one that does not fool.
    """
    parts = PARTS if x.numel() < MANY else HALVES
    if parts == PARTS and plan.attack == "fgsm":
        parts = CLOSELY
    low, found = 0.0, None
    eps, seen = [*_between(0.0, high, parts, plan.norm), high], {}
    while eps:
        won = _wins(model, x, says, plan, eps, known).tolist()
        seen |= dict(zip(eps, won, strict=True))
        first = won.index(True) if True in won else None
        if first is not None:
            found = eps[first]
        elif found is None:
            break
        low = low if first == 0 else eps[-1 if first is None else first - 1]
        eps = _between(low, found, parts, plan.norm)
    tried = sorted(seen)
    return Smallest(found, tuple(tried), tuple(seen[e] for e in tried))


def _between(low: float, high: float, parts: int, norm: str) -> list[float]:
    """Return budgets between two, as they can be written; none if the two are close enough."""
    if norm != "linf" and high - low <= FINE * max(high, LEVEL):
        return []
    even = (low + (high - low) * i / parts for i in range(1, parts))
    written = {round(e / LEVEL) / 510 if norm == "linf" else float(f"{e:.3g}") for e in even}
    return sorted(written - {low, high})


def _wins(
    model: nn.Module, x: Tensor, says: int, plan: Plan, eps: Sequence[float], known: Slope | None
) -> Tensor:
    """Whether each budget fools: (N,); attacks with chance meet the same chance every time."""
    n, budgets = len(eps), torch.tensor(eps)
    y = torch.full((n,), says if plan.target is None else plan.target)
    if plan.random:
        images = torch.cat([last(plan.run(model, x, y[:1], eps=e)) for e in budgets.split(1)])
    else:
        if known is not None:
            known = Slope(*(part.expand(n, *part.shape[1:]) for part in known))
        images = last(plan.run(model, x.repeat(n, 1, 1, 1), y, eps=budgets, known=known))
    with torch.no_grad():
        now = model(quantise(images)).argmax(1)
    return fooled(torch.tensor(says), now, plan.target)


class Search:
    """The last search: begun anew for another state, but only now and then while a hand moves."""

    def __init__(self) -> None:
        self.state: tuple | None = None  # that `found` belongs to
        self.found: Smallest | None = None
        self._when = 0.0

    def look(
        self, state: tuple, find: Callable[[], Smallest], *, now: bool, costly: bool
    ) -> Smallest | None:
        """Return what `find` finds in this state, or None while that is put off.

        now: the hand rests, so search.  costly: never search while the hand moves.
        """
        if state != self.state:
            if not now and (costly or time.monotonic() - self._when < PATIENCE):
                return None
            self.found = find()
            self.state, self._when = state, time.monotonic()
        return self.found
