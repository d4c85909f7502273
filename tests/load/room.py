"""The room: how many visitors come, what they do, and what it costs the server."""

import asyncio
import json
import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measure import Row, percentile
from tests.e2e.server import Server
from tests.load.hand import Hand
from tests.load.visitor import Visitor

ARRIVAL = 0.4  # seconds between two visitors
TRIM = 2.0  # seconds that the server gets for parting with a visitor, and for giving memory back
BATCH = 20  # points that may wait for one message; a message holds 64 events


@dataclass
class Tally:
    """What the visitors saw."""

    latencies: list[float] = field(default_factory=list)  # seconds, from the hand to the frame
    errors: list[str] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)  # seconds until the page had run
    frames: int = 0  # that answered a hand
    steps: int = 0  # of all who trained
    rests: list[float] = field(default_factory=list)  # seconds that the page took to run again


@dataclass(frozen=True)
class Plan:
    """How many come, for how long, how fast they draw, and how many let the net learn meanwhile."""

    visitors: int = 30
    seconds: float = 60
    rate: float = 10
    training: int = 0
    rest: float = 0  # seconds between two rests of a hand, at which the page runs; 0: never
    wait: float = 150


async def one(server: str, number: int, plan: Plan, tally: Tally, begin: asyncio.Event) -> None:
    """Open the page, wait for the others, draw, leave."""
    try:
        start = time.perf_counter()
        async with Visitor(server, "digit") as visitor, visitor.live("digit") as socket:
            hand = Hand(socket, start=number)
            await hand.begin()
            tally.opened.append(time.perf_counter() - start)
            await begin.wait()
            end = time.perf_counter() + plan.seconds
            frames = hand.frames
            jobs = [draw(hand, number, plan, end)]
            if number < plan.training:
                jobs.append(learn(visitor, tally, end))
            if plan.rest:
                jobs.append(pause(visitor, number, plan, tally, end))
            watching = asyncio.create_task(hand.listen())
            await asyncio.gather(*jobs)
            watching.cancel()
        tally.latencies += hand.lags
        tally.frames += hand.frames - frames
        tally.errors += hand.complaints + visitor.errors
    except Exception as error:  # whatever ends a visit is an error of the visit
        tally.errors.append(f"visitor {number}: {type(error).__name__}: {error}")


async def draw(hand: Hand, number: int, plan: Plan, end: float) -> None:
    """Draw at the plan's rate.  A late answer does not slow the hand: each point's time runs from
    its own beat, and, as in `link.js`, what has waited goes in one batch.
    """
    beat = time.perf_counter() + number / plan.visitors / plan.rate
    while beat < end:
        await asyncio.sleep(max(0.0, beat - time.perf_counter()))
        late = min(BATCH, 1 + int((time.perf_counter() - beat) * plan.rate))
        await hand.post([beat + i / plan.rate for i in range(late)])
        beat += late / plan.rate
    await hand.rest()


async def pause(visitor: Visitor, number: int, plan: Plan, tally: Tally, end: float) -> None:
    """Tell the page now and then that the hand rests, as the stage does after a digit."""
    await asyncio.sleep(plan.rest * number / plan.visitors)
    while time.perf_counter() < end:
        began = time.perf_counter()
        await visitor.rest("digit")
        tally.rests.append(time.perf_counter() - began)
        await asyncio.sleep(max(0.0, began + plan.rest - time.perf_counter()))


async def learn(visitor: Visitor, tally: Tally, end: float) -> None:
    """Press play in the learning stage and watch, at most 30 frames a second, until the end."""
    async with visitor.live("learning") as socket:
        watcher = Hand(socket)
        await socket.send(json.dumps({"transport": {"playing": True}, "pull": 0}))
        steps = 0
        while time.perf_counter() < end:
            try:
                header = await asyncio.wait_for(watcher.frame(), end - time.perf_counter())
            except TimeoutError:
                break
            steps = int(header["steps"])
            await asyncio.sleep(1 / 30)
            await socket.send(json.dumps({"pull": int(header["version"])}))
        tally.steps += steps
        tally.errors += watcher.complaints


async def meet(server: str, plan: Plan) -> Tally:
    """Let all visitors come one after the other, draw together, and leave."""
    tally, begin = Tally(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number in range(plan.visitors):
            group.create_task(one(server, number, plan, tally, begin))
            await asyncio.sleep(ARRIVAL)
        while len(tally.opened) + len(tally.errors) < plan.visitors:
            await asyncio.sleep(0.1)
        begin.set()
    return tally


def resident(process: int) -> float:
    """Return a process's resident memory in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1e3


def descriptors(process: int) -> int:
    """Return how many file descriptors a process has open."""
    return len(os.listdir(f"/proc/{process}/fd"))


def trimmed(process: int) -> float:
    """Return the resident memory that is left when what is free was given back."""
    for _ in range(2):  # the first may free what holds on to more
        time.sleep(TRIM)
        os.kill(process, signal.SIGUSR1)
    time.sleep(TRIM)
    return resident(process)


def measure(plan: Plan) -> tuple[list[Row], list[str]]:
    """Return the rows of one evening, and the errors in words."""
    with Server(module="tests.load.serve") as server:
        process = server.process.pid
        lone = Plan(visitors=1, seconds=3)
        asyncio.run(meet(server.url, lone))  # so that what is made once has been made
        before, files = trimmed(process), descriptors(process)
        tally = asyncio.run(meet(server.url, plan))
        full = resident(process)
        time.sleep(plan.wait)
        files = descriptors(process) - files
        asyncio.run(meet(server.url, lone))  # Streamlit clears up when somebody comes
        after = trimmed(process)
    ms = [1e3 * seconds for seconds in tally.latencies]
    rows = [
        Row("visitors", plan.visitors, ""),
        Row("of them training", plan.training, ""),
        Row("page opened, median", percentile(tally.opened, 0.5), "s"),
        Row("updates a second, all visitors", len(ms) / plan.seconds, "1/s"),
        Row("frames a second, all visitors", tally.frames / plan.seconds, "1/s"),
        Row("update to frame, p50", percentile(ms, 0.5), "ms"),
        Row("update to frame, p95", percentile(ms, 0.95), "ms", at_most=100),
        Row("update to frame, max", max(ms, default=float("nan")), "ms"),
        Row("errors", len(tally.errors), "", at_most=0),
        Row("memory before", before, "MB"),
        Row("memory with everybody there", full, "MB"),
        Row(f"memory {plan.wait:g} s after they left, above before", after - before, "MB",
            at_most=60),
        Row("file descriptors then, above before", files, "", at_most=5),
    ]  # fmt: skip
    if plan.training:
        rows.insert(7, Row("training steps a second, all", tally.steps / plan.seconds, "1/s"))
    if plan.rest:
        rows.insert(7, Row("page run again, median", percentile(tally.rests, 0.5), "s"))
    return rows, tally.errors
