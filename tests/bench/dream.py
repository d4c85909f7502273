"""A dream's step: against a bare loop, against Lucent's recipe, and down the live channel.

The bare loop is what one would write who knows the three tricks: weights frozen, channels_last,
the network cut off at the layer.  Ours is timed with all that a visitor gets to see.
"""

import asyncio
import copy
import json
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

from labs import zoo
from labs.data.photos import photo
from labs.images import fit_within
from labs.live import encode
from labs.vision.dream import Dream
from labs.vision.dream.ascent import Ascent
from labs.vision.dream.network import Network
from labs.vision.dream.objective import channel
from labs.vision.dream.parametrisation import noise
from labs.vision.dream.transforms import Transforms
from labs.vision.dream.visualise import visualise_steps
from tests.bench.lucent import render_vis
from tests.bench.measure import Row, interleaved, percentile
from tests.e2e.server import Server
from tests.load.hand import Hand
from tests.load.room import Plan, Tally, one
from tests.load.visitor import Visitor

LAYER, CHANNEL, SIDE = "stage3.0", 5, 224
OLD = f"dream.size={{}}&dream.layer={LAYER}"  # an address of the photo net
REPEATS = 8  # a step takes tens of milliseconds
SECONDS = 10.0
DREAMERS = 10


def bare(model: nn.Module, x: Tensor) -> Callable[[], Tensor]:
    """Return a function that takes one step of a loop as one writes it by hand."""
    net = copy.deepcopy(model).to(memory_format=torch.channels_last)  # the zoo's are frozen
    cut = nn.Sequential(
        net.stem, net.stage1, net.pool, net.stage2, net.pool, net.stage3[0]
    )  # fmt: skip
    draw = torch.Generator().manual_seed(0)

    def step() -> Tensor:
        nonlocal x
        down, right = torch.randint(-8, 9, (2,), generator=draw).tolist()
        at = x.contiguous(memory_format=torch.channels_last).requires_grad_()
        seen = cut((at.roll((down, right), (2, 3)) - net.mean) / net.std)
        (gradient,) = torch.autograd.grad(seen.square().mean(), at)
        x = (x + 0.02 * gradient / gradient.abs().mean()).clamp(0, 1).detach()
        return x

    return step


def ours() -> Callable[[], bytes]:
    """Return a function that takes one step of the lab and makes the message for the browser."""
    lab = Dream("photo-net")
    for name, value in {"size": SIDE, "octaves": 1, "layer": LAYER, "start": "cat"}.items():
        lab.receive({"setting": name, "value": value})

    def step() -> bytes:
        lab.step()
        return encode(lab.frame(), version=1)

    return step


def visualised(model: nn.Module) -> Callable[[], object]:
    """Return a function that takes one step of our feature visualisation."""
    draw = torch.Generator().manual_seed(0)
    steps = visualise_steps(
        Network(model),
        noise(1, SIDE, SIDE, generator=draw),
        channel(LAYER, CHANNEL),
        Ascent(transforms=Transforms(jitter=8, scale=0.1, rotation=10)),
        steps=10**9,
        generator=draw,
    )
    return lambda: next(steps)


async def watched(url: str, tally: list[int], query: str, seconds: float) -> None:
    """Play one dream and note how many steps were seen; a pull follows every frame."""
    async with Visitor(url, "dream", query) as visitor, visitor.live("dream") as socket:
        hand = Hand(socket)
        await hand.begin()
        await socket.send(json.dumps({"transport": {"playing": True, "until": None}, "pull": 0}))
        await hand.frame()
        seen, end = set(), time.perf_counter() + seconds
        while time.perf_counter() < end:
            await socket.send(json.dumps({"pull": hand._version}))
            try:
                header = await asyncio.wait_for(hand.frame(), end - time.perf_counter())
            except TimeoutError:
                break
            seen.add(header["steps"])
        assert not hand.complaints, hand.complaints
        assert not visitor.errors, visitor.errors
        tally.append(len(seen))


async def crowd(url: str) -> tuple[list[int], Tally]:
    """Return how many steps each of ten dreamers saw, and what a hand in the digit lab felt."""
    steps: list[int] = []
    tally, begin = Tally(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(DREAMERS):
            group.create_task(watched(url, steps, OLD.format(SIDE), 2 * SECONDS))
        await asyncio.sleep(SECONDS / 2)  # until all dream
        begin.set()
        group.create_task(one(url, 0, Plan(visitors=1, seconds=SECONDS), tally, begin))
    return steps, tally


def rows() -> Iterator[Row]:
    """Time single steps hot, then a server of its own with one dreamer and with ten."""
    model, start = zoo.load("photo-net"), fit_within(photo("cat"), SIDE)
    ms = interleaved({"bare": bare(model, start), "ours": ours()}, repeats=REPEATS)
    yield Row("a bare loop's step", ms["bare"], "ms")
    yield Row("our step, with frame and encoding", ms["ours"], "ms")
    yield Row("ours against the bare loop", ms["ours"] / ms["bare"], "times", at_most=1.2)
    recipe = render_vis(model, LAYER, CHANNEL, SIDE)
    ms = interleaved({"lucent": recipe, "ours": visualised(model)}, repeats=REPEATS)
    yield Row("a step of Lucent's recipe", ms["lucent"], "ms")
    yield Row("a step of our visualisation", ms["ours"], "ms")
    yield Row("ours against Lucent's", ms["lucent"] / ms["ours"], "times faster", at_least=2.3)
    with Server() as server:
        for what, query, bound in (
            ("photo-net at 224 px", OLD.format(224), 8),
            ("photo-net at 320 px", OLD.format(320), 4),
            ("EfficientNet-Lite0 at 451 × 300 px", "dream.octaves=1", 4),
        ):
            steps: list[int] = []
            asyncio.run(watched(server.url, steps, query, SECONDS))
            yield Row(f"steps seen a second, {what}", steps[0] / SECONDS, "1/s", bound)
        counts, tally = asyncio.run(crowd(server.url))
    times = [1e3 * seconds for seconds in tally.latencies]
    yield Row("steps seen by the slowest of ten dreamers", min(counts), "", at_least=3)
    yield Row("a hand at the digits meanwhile, p95", percentile(times, 0.95), "ms", at_most=150)
    yield Row("errors", len(tally.errors), "", at_most=0)
