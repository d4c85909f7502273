"""One stroke through a real server: from the browser's socket and back."""

import asyncio
from collections.abc import Iterator

from tests.bench.measure import Row, percentile
from tests.e2e.server import Server
from tests.load.hand import Hand
from tests.load.visitor import Visitor

STROKES = 300


async def trips(url: str) -> list[float]:
    """Return the milliseconds of every round trip of one lone visitor."""
    async with Visitor(url, "digit") as visitor, visitor.live("digit") as socket:
        hand = Hand(socket)
        await hand.begin()
        return [1e3 * await hand.draw() for _ in range(STROKES)][20:]


def rows() -> Iterator[Row]:
    """Time a lone visitor at a server in a process of its own."""
    with Server() as server:
        times = asyncio.run(trips(server.url))
    yield Row("live round trip of a stroke, median", percentile(times, 0.5), "ms")
    yield Row("live round trip of a stroke, p95", percentile(times, 0.95), "ms")
