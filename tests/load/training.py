"""python -m tests.load.training: thirty people train the playground's default net at once.

Every one of them opens the page, presses play at full speed, and looks at each frame as a browser
does, asking for the next when one has come.  The rows are of the one who had the least of it.
"""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field

from tests.bench.measure import Row, percentile
from tests.e2e.server import Server
from tests.load.command import run
from tests.load.hand import meta
from tests.load.visitor import Visitor

LAB = "playground"
ARRIVAL = 0.3  # seconds between two visitors
SETTLE = 2.0  # seconds of training before anything is counted
FIRST_SCREEN = ["net", "unit", "challenges"]  # the cards in sight when the page opens
PAINT = 1 / 60  # seconds that a browser takes for a frame before it asks for the next


@dataclass(frozen=True)
class Plan:
    """How many come, and for how long they train."""

    visitors: int = 30
    seconds: float = 20


@dataclass
class Watch:
    """When one visitor's frames came, and how many epochs each told of; `span` is from and to."""

    span: tuple[float, float] = (0.0, 0.0)
    times: list[float] = field(default_factory=list)
    epochs: list[int] = field(default_factory=list)

    def note(self, epochs: int) -> None:
        """Note a frame that has just come."""
        self.times.append(time.perf_counter())
        self.epochs.append(epochs)

    def frames(self, seconds: float) -> float:
        """Return frames a second."""
        return len(self.times) / seconds

    def pace(self, seconds: float) -> float:
        """Return epochs a second."""
        return (self.epochs[-1] - self.epochs[0]) / seconds if self.epochs else 0.0

    def gap(self) -> float:
        """Return the longest wait for a frame, in seconds."""
        moments = [self.span[0], *self.times, self.span[1]]
        return max(b - a for a, b in itertools.pairwise(moments))


async def train(server: str, plan: Plan, arrived: list[int], begin: asyncio.Event) -> Watch:
    """Open the page, wait for the others, and watch the net train."""
    watch = Watch()
    async with Visitor(server, LAB) as visitor, visitor.live(LAB) as socket:
        arrived.append(1)
        await begin.wait()
        first = [{"setting": "visible", "value": FIRST_SCREEN}]
        play = {"playing": True, "until": None}
        await socket.send(json.dumps({"seq": 1, "events": first, "transport": play, "pull": 0}))
        start = time.perf_counter() + SETTLE
        end = start + plan.seconds
        while (now := time.perf_counter()) < end:
            try:
                message = await asyncio.wait_for(socket.recv(), end - now)
            except TimeoutError:
                break
            if isinstance(message, str):
                raise RuntimeError(message)
            header = meta(message)
            if time.perf_counter() > start:
                watch.note(int(header["steps"]))
            await asyncio.sleep(PAINT)
            await socket.send(json.dumps({"pull": int(header["version"])}))
        watch.span = start, end
    return watch


async def meet(server: str, plan: Plan) -> list[Watch]:
    """Let all come one after the other, and train together."""
    arrived, begin, visits = [], asyncio.Event(), []
    async with asyncio.TaskGroup() as group:
        for _ in range(plan.visitors):
            visits.append(group.create_task(train(server, plan, arrived, begin)))
            await asyncio.sleep(ARRIVAL)
        while len(arrived) < plan.visitors:
            await asyncio.sleep(0.1)
        begin.set()
    return [visit.result() for visit in visits]


def rows(plan: Plan) -> list[Row]:
    """Measure one lesson."""
    with Server() as server:
        watches = asyncio.run(meet(server.url, plan))
    paces = [watch.pace(plan.seconds) for watch in watches]
    frames = [watch.frames(plan.seconds) for watch in watches]
    return [
        Row("visitors who train", len(watches), ""),
        Row("epochs a second, all", sum(paces), "1/s"),
        Row("epochs a second, median", percentile(paces, 0.5), "1/s"),
        Row("epochs a second, the slowest", min(paces), "1/s", at_least=40),
        Row("frames a second, median", percentile(frames, 0.5), "1/s"),
        Row("frames a second, the slowest", min(frames), "1/s", at_least=4),
        Row("longest wait for a frame", max(watch.gap() for watch in watches), "s", at_most=1),
    ]


if __name__ == "__main__":
    run(Plan, rows, "Thirty people train at once.")
