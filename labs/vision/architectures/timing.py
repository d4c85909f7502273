"""Where the time goes: every layer of a run on this machine, measured."""

import statistics
import threading
import time
from collections.abc import Callable
from functools import lru_cache

import torch
from torch import Tensor, nn

from labs.vision.architectures.catalogue import NETS

RUNS = 3  # after one to warm up; the median counts
_turn = threading.Lock()  # two measurements at once would measure each other


def times(model: nn.Module, x: Tensor, runs: int = RUNS) -> dict[str, float]:
    """Return the seconds that each leaf module of `model` takes on x, by name, in order.

    The median of `runs`; a module that is called twice has both.  No hook is left behind.
    """
    began: dict[str, float] = {}
    taken: list[dict[str, float]] = []

    def before(name: str) -> Callable[..., None]:
        def hook(*_: object) -> None:
            began[name] = time.perf_counter()

        return hook

    def after(name: str) -> Callable[..., None]:
        def hook(*_: object) -> None:
            taken[-1][name] = taken[-1].get(name, 0.0) + time.perf_counter() - began[name]

        return hook

    handles = []
    for name, module in model.named_modules():
        if not any(module.children()):
            handles += [
                module.register_forward_pre_hook(before(name)),
                module.register_forward_hook(after(name)),
            ]
    try:
        with torch.no_grad():
            for _ in range(runs + 1):
                taken.append({})
                model(x)
    finally:
        for handle in handles:
            handle.remove()
    return {name: statistics.median(run[name] for run in taken[1:]) for name in taken[0]}


@lru_cache(maxsize=64)
def timed(name: str, side: int) -> dict[str, float]:
    """Return `times` of a network of the catalogue on one square of `side` pixels.

    Its weights are all 0.01: how long a layer takes does not depend on what it has learned.
    Raises ValueError, one sentence, for a side that it cannot take.
    """
    net = NETS[name]
    with torch.device("meta"):
        model = net.make().eval()
    model = model.to_empty(device="cpu")
    with torch.no_grad():
        for tensor in (*model.parameters(), *model.buffers()):
            tensor.fill_(0.01)
    with _turn:
        try:
            return times(model, torch.full((1, net.channels, side, side), 0.5))
        except RuntimeError:
            raise ValueError(f"{net.title} cannot take {side} × {side} pixels.") from None
