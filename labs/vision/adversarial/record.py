"""What an attack leaves behind at every step, and the little that all attacks share."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.vision.adversarial.ball import Norms, norms


@dataclass(frozen=True)
class Step:
    """One moment of an attack on N images."""

    image: Tensor  # (N, C, H, W) in [0, 1]
    clean: Tensor  # (N, C, H, W), where it began
    logits: Tensor  # (N, K), of the image
    loss: Tensor  # (N,), what this attack climbs or descends

    @property
    def delta(self) -> Tensor:
        """The perturbation: (N, C, H, W)."""
        return self.image - self.clean

    @property
    def norms(self) -> Norms:
        """The size of the perturbation, per image."""
        return norms(self.delta)


def last(steps: Iterable[Step]) -> Tensor:
    """Return the image of the last record."""
    (final,) = deque(steps, maxlen=1)
    return final.image


def reached(logits: Tensor, y: Tensor, *, targeted: bool) -> Tensor:
    """Return (N,): whether the class is y (targeted) or is not y: there an attack may stop."""
    now = logits.argmax(1)
    return now == y if targeted else now != y


def fooled(was: int | Tensor, now: int | Tensor, target: int | Tensor | None) -> bool | Tensor:
    """Return whether an attack changed the class as it meant to: the lab's one definition.

    was, now: the classes of x and of x', one or (N,).  With a target, x was not of that class and
    x' is; without one (None), x' is of any class but that of x.
    """
    return now != was if target is None else (now == target) & (was != target)


def margin(logits: Tensor, y: Tensor) -> Tensor:
    """Return (N,): by how much y's logit leads the best other one; negative when it does not."""
    own = logits.gather(1, y[:, None])[:, 0]
    rest = logits.scatter(1, y[:, None], -torch.inf).amax(1)
    return own - rest


class Slope(NamedTuple):
    """The cross-entropy at N images, and which way it rises."""

    gradient: Tensor  # (N, C, H, W)
    logits: Tensor  # (N, K)
    loss: Tensor  # (N,)


@torch.enable_grad()
def slope(model: nn.Module, x: Tensor, y: Tensor) -> Slope:
    """Return the cross-entropy of y at x and its gradient.

    The gradient is of the sum over the images, so that they do not share a scale.
    """
    x = x.detach().requires_grad_()  # a new leaf: the caller's tensor stays as it was
    logits = model(x)
    loss = F.cross_entropy(logits, y, reduction="none")
    (gradient,) = torch.autograd.grad(loss.sum(), x)
    return Slope(gradient, logits.detach(), loss.detach())


def check(x: Tensor, y: Tensor, **limits: float | Tensor) -> None:
    """Raise ValueError for images outside [0, 1], labels that do not fit, or a negative limit."""
    if x.ndim != 4 or len(x) == 0:
        raise ValueError(f"images are (N, C, H, W) with N >= 1, got {tuple(x.shape)}")
    low, high = x.aminmax()
    if not (low >= 0 and high <= 1):
        raise ValueError(f"pixels lie in [0, 1], got {low.item():g} to {high.item():g}")
    if y.shape != (len(x),):
        raise ValueError(f"there is one label for each of {len(x)} images, got {tuple(y.shape)}")
    for name, value in limits.items():
        if not bool((torch.as_tensor(value) >= 0).all()):  # false for NaN too
            raise ValueError(f"{name} must be >= 0, got {value}")


def together(attacks: Iterable[Iterator[Step]]) -> Iterator[Step]:
    """Run attacks on single images side by side, as one on a batch; who is done waits."""
    running = list(attacks)
    now: list[Step | None] = [None] * len(running)
    while True:
        moved = False
        for i, attack in enumerate(running):
            step = next(attack, None)
            if step is not None:
                now[i], moved = step, True
        if not moved:
            return
        yield Step(*(torch.cat([getattr(s, f) for s in now]) for f in Step.__annotations__))
