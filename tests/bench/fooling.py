"""Attacks: a PGD step against a plain loop, and epsilon under a hand in a real browser."""

import math
from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs import zoo
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.pgd import pgd
from tests.bench.hand import along, browser, flood, lags, watch
from tests.bench.measure import Row, interleaved, percentile

STEPS = 10  # of PGD in one timing
SECONDS = 5.0  # of flood
EPS = 4 / 255


def plain(net: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """PGD as one writes it first: NCHW, the net as it is, `.backward()`; as torchattacks does."""
    at = x.clone()
    for _ in range(STEPS):
        at = at.detach().requires_grad_()
        loss = F.cross_entropy(net(at), y)
        grad = torch.autograd.grad(loss, at)[0]
        at = at.detach() + 2.5 * EPS / STEPS * grad.sign()
        at = torch.clamp(x + torch.clamp(at - x, -EPS, EPS), 0, 1)
    return at


def a_step() -> Iterator[Row]:
    """Time both on photo-net at 224, after checking that they do the same."""
    x = torch.rand(1, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    theirs, ours = zoo.load("photo-net"), network("photo-net")
    y = ours(x).argmax(1)
    a, b = plain(theirs, x, y), pgd(ours, x, y, eps=EPS, steps=STEPS)
    assert ((a - b).abs() < 1e-4).float().mean() > 0.97
    functions: dict[str, Callable[[], object]] = {
        "plain": lambda: plain(theirs, x, y),
        "ours": lambda: pgd(ours, x, y, eps=EPS, steps=STEPS),
    }
    ms = interleaved(functions, repeats=3, warm=1)
    yield Row("PGD step at 224, a plain NCHW loop", ms["plain"] / STEPS, "ms")
    yield Row("PGD step at 224", ms["ours"] / STEPS, "ms")
    yield Row("against the plain loop", ms["plain"] / ms["ours"], "times", at_least=1.35)


def rows() -> Iterator[Row]:
    """Time a step; then drive a browser at a server of its own."""
    yield from a_step()
    with browser("fooling") as opened:
        if opened is None:
            return
        tab, url = opened
        for attack, rate, late in (("fgsm", 25, 80), ("pgd", 15, 120)):
            page = tab()
            page.goto(f"{url}/adversarial?adversarial.attack={attack}")
            slider = page.locator('[data-knob="eps_linf"] input')
            slider.wait_for(timeout=30_000)
            page.wait_for_timeout(3000)
            watch(page.locator('[data-panel="adversarial"] canvas'))
            place = along(slider)
            changes = flood(
                page, place(0.5), lambda i, at=place: at(0.5 + 0.4 * math.sin(i / 9)), SECONDS
            )
            times = lags(page, place(0.5), lambda k, at=place: at(0.5 + 0.35 * math.sin(1 + k)))
            page.close()
            yield Row(f"{attack}: updates a second while ε moves", changes, "1/s", at_least=rate)
            yield Row(f"{attack}: ε to changed pixels, median", percentile(times, 0.5), "ms")
            p95 = percentile(times, 0.95)
            yield Row(f"{attack}: ε to changed pixels, p95", p95, "ms", at_most=late)
