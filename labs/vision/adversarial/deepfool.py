"""DeepFool: straight to the nearest boundary, as if the network were linear, again and again.

Moosavi-Dezfooli, Fawzi & Frossard, "DeepFool: a simple and accurate method to fool deep neural
networks", https://arxiv.org/abs/1511.04599
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs.vision.adversarial.ball import per_image
from labs.vision.adversarial.record import Step, check, last, margin, reached

SLACK = 1e-4  # on top of the way to the boundary, for numbers that do not quite arrive
TINY = 1e-8


def deepfool_steps(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    *,
    norm: str = "l2",
    steps: int = 50,
    candidates: int = 10,
    overshoot: float = 0.02,
    targeted: bool = False,
    generator: torch.Generator | None = None,
) -> Iterator[Step]:
    """Yield the picture after each step, until every image is across; the loss is y's margin.

    norm: "l2" or "linf", in which the boundary is nearest.  candidates: how many of the likeliest
    classes are tried; with `targeted`, y is the only one.  Raises ValueError.
    """
    check(x, y, overshoot=overshoot)
    if norm not in ("l2", "linf"):
        raise ValueError(f"DeepFool measures in l2 or linf, got {norm!r}")
    total, at = torch.zeros_like(x), x
    rivals: Tensor | None = None
    for _ in range(steps):
        with torch.enable_grad():
            leaf = at.detach().requires_grad_()
            logits = model(leaf)
            if rivals is None:
                rivals = _rivals(logits.detach(), y, candidates, targeted)  # (N, R)
            own = _leader(logits, y) if targeted else y
            gaps = logits.gather(1, rivals) - logits.gather(1, own[:, None])  # (N, R)
            sums = gaps.sum(0).unbind()  # over the images, which do not touch one another
        seen = logits.detach()
        done = reached(seen, y, targeted=targeted)
        yield Step(at, x, seen, margin(seen, y))  # in the caller's grad mode, not in ours
        if done.all():
            return
        normals = torch.stack(  # (N, R, C, H, W)
            [torch.autograd.grad(gap, leaf, retain_graph=True)[0] for gap in sums], 1
        )
        flat = normals.flatten(2)
        # the size of a normal in the dual norm turns a gap in logits into a way in pixels
        size = flat.norm(dim=2) if norm == "l2" else flat.abs().sum(2)
        way = gaps.detach().abs() / (size + TINY)
        nearest = way.argmin(1)
        rows = torch.arange(len(x))
        normal, length = normals[rows, nearest], way[rows, nearest] + SLACK
        unit = normal.sign() if norm == "linf" else normal / (
            per_image(flat[rows, nearest].norm(dim=1), normal) + TINY
        )  # fmt: skip
        total = total + per_image(length, x) * unit
        moved = (x + (1 + overshoot) * total).clamp(0, 1)
        at = torch.where(per_image(done.to(x.dtype), x) > 0, at, moved)
    with torch.no_grad():
        logits = model(at)
    yield Step(at, x, logits, margin(logits, y))


def deepfool(model: nn.Module, x: Tensor, y: Tensor, **how) -> Tensor:
    """Return x just across the boundary that `deepfool_steps` finds nearest."""
    return last(deepfool_steps(model, x, y, **how))


def _rivals(logits: Tensor, y: Tensor, candidates: int, targeted: bool) -> Tensor:
    """The classes whose boundaries are tried, (N, R): the likeliest but y, or y alone."""
    if targeted:
        return y[:, None]
    others = logits.scatter(1, y[:, None], -torch.inf)
    return others.topk(min(candidates, logits.shape[1]) - 1, dim=1).indices


def _leader(logits: Tensor, y: Tensor) -> Tensor:
    """The likeliest class but y, (N,)."""
    return logits.detach().scatter(1, y[:, None], -torch.inf).argmax(1)
