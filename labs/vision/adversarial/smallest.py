"""The smallest budget that fools, by bisection, several ways at once in one batch."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from labs.images import quantise
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.record import Slope, fooled, last

# A small net answers a batch almost as fast as one picture: cut into 8 parts, 3 times over.  A
# larger one gains nothing from a batch: cut in half, 7 times.
CUTS = {"small": (8, 3), "large": (2, 7)}
CLEARLY = 1.2  # times larger: close to the boundary rounding decides, which is no news
MANY = 2_000  # values of a picture, from where a net counts as large
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

    says: the class of x.  known: the loss's slope at x, if it was taken.
    Success is that of the 8-bit picture.  Where larger budgets lose again, the smallest one is
    searched for all the same.
    """
    parts, rounds = CUTS["small" if x.numel() < MANY else "large"]
    low, found, seen = 0.0, None, {}
    for _ in range(rounds):
        eps = torch.linspace(low, high, parts + 1)[1:]
        eps = eps if found is None else eps[:-1]  # of the last one the answer is known
        won = _wins(model, x, says, plan, eps, known)
        seen |= dict(zip(eps.tolist(), won.tolist(), strict=True))
        if not won.any():
            if found is None:
                break
            low = eps[-1].item()
            continue
        at = int(won.float().argmax())  # the first
        found = high = eps[at].item()
        low = low if at == 0 else eps[at - 1].item()
    tried = sorted(seen)
    return Smallest(found, tuple(tried), tuple(seen[e] for e in tried))


def _wins(
    model: nn.Module, x: Tensor, says: int, plan: Plan, eps: Tensor, known: Slope | None
) -> Tensor:
    """Whether each budget (N,) fools; attacks with chance meet the same chance every time."""
    n = len(eps)
    y = torch.full((n,), says if plan.target is None else plan.target)
    if plan.random:
        images = torch.cat([last(plan.run(model, x, y[:1], eps=e[None])) for e in eps])
    else:
        if known is not None:
            known = Slope(*(part.expand(n, *part.shape[1:]) for part in known))
        images = last(plan.run(model, x.repeat(n, 1, 1, 1), y, eps=eps, known=known))
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
