"""The playground's frame against plain PyTorch, in one run: an epoch, both losses, every map.

The peer is what one would write first: `nn.Sequential`, `optim.SGD`, `.backward()`, and a forward
pass over the 100 x 100 places that keeps every activation.
"""

from collections.abc import Callable, Iterator

import torch
from torch import nn

from labs.basics.playground.cloud import Cloud, generate
from labs.basics.playground.eye import PLACES, Eye
from labs.basics.playground.features import chosen
from labs.basics.playground.run import Run
from labs.basics.playground.setup import Setup
from labs.basics.playground.sweep import Sweep
from labs.basics.playground.task import Task
from labs.models.dense import Layer
from tests.bench.measure import Row, interleaved

NETS = {"default net": (4, 2), "6 layers of 8": (8,) * 6}
FLOORS = {"default net": 6.0, "6 layers of 8": 4.0}
FEATURES = chosen("x1,x2", "none")


def ours(cloud: Cloud, sizes: tuple[int, ...]) -> tuple[Run, Callable[[], object]]:
    """Return a run and the function that makes one frame of it."""
    setup = Setup(tuple(Layer(n) for n in sizes), Task("squared", 2))
    run = Run(setup, *cloud.samples(FEATURES, setup.task))
    eye = Eye(run, FEATURES)

    def frame() -> object:
        run.finish_epoch()  # with both losses
        return eye.look().a

    return run, frame


def plain(cloud: Cloud, sizes: tuple[int, ...]) -> Callable[[], object]:
    """Return the same as one would write it first."""
    modules, into = [], 2
    for n in (*sizes, 1):
        modules += [nn.Linear(into, n), nn.Tanh()]
        into = n
    model = nn.Sequential(*modules)
    optimizer = torch.optim.SGD(model.parameters(), 0.03)
    loss = nn.MSELoss()
    x, y = cloud.x.T.contiguous(), 2.0 * cloud.y[:, None] - 1
    parts = [(x[part], y[part]) for part in (cloud.train, ~cloud.train)]
    places = PLACES.T.contiguous()

    def frame() -> object:
        a, t = parts[0]
        for batch in torch.randperm(len(a)).split(10):
            optimizer.zero_grad()
            (0.5 * loss(model(a[batch]), t[batch])).backward()
            optimizer.step()
        with torch.no_grad():
            for part, target in parts:
                (0.5 * loss(model(part), target)).item()
            maps, h = [], places
            for module in model:
                h = module(h)
                if isinstance(module, nn.Tanh):
                    maps.append(h)
        return maps

    return frame


def rows() -> Iterator[Row]:
    """Time both on two nets, and a sweep of sixteen."""
    cloud = generate("circle", 0.1, 0.5, 1)
    for name, sizes in NETS.items():
        run, frame = ours(cloud, sizes)
        ms = interleaved({"ours": frame, "plain": plain(cloud, sizes)}, repeats=30)
        yield Row(f"{name}: a frame", ms["ours"], "ms")
        ratio = ms["plain"] / ms["ours"]
        yield Row(f"{name}: against nn.Sequential + optim.SGD", ratio, "times",
                  at_least=FLOORS[name])  # fmt: skip
        sweep = Sweep(run, "seed")
        ms = interleaved({"one": run.finish_epoch, "sixteen": sweep.finish_epoch}, repeats=30)
        yield Row(f"{name}: sweep of 16, per net", 16 * ms["one"] / ms["sixteen"], "times",
                  at_least=2)  # fmt: skip
