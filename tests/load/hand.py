"""A hand at a live channel, as `link.js` is one: some batches ahead, a pull at a time."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Iterator
from itertools import cycle

from websockets.asyncio.client import ClientConnection

from tests.e2e.digits import TWENTY

AHEAD = 2  # batches on their way, as in `link.js`
FIRST_SCREEN = ["network", "inspect", "challenges"]


def meta(message: bytes) -> dict[str, str]:
    """Return the metadata of a frame, a safetensors message."""
    length = int.from_bytes(message[:8], "little")
    return json.loads(message[8 : 8 + length])["__metadata__"]


def events(start: int) -> Iterator[list[dict]]:
    """Yield, for ever, what a hand sends: digits, one after the other, each on a clear pad."""
    for drawn in cycle(TWENTY[start:] + TWENTY[:start]):
        fresh = [{"panel": "x", "kind": "clear"}]
        for stroke in drawn.strokes:
            for i, (x, y) in enumerate(stroke):
                point = {"panel": "x", "kind": "stroke", "begin": i == 0, "width": drawn.brush,
                         "points": [[int(512 * x), int(512 * y)]]}  # fmt: skip
                last = [{"panel": "x", "kind": "lift"}] if i == len(stroke) - 1 else []
                yield [*fresh, point, *last]
                fresh = []


class Hand:
    """Draws on one channel.  `complaints` keeps every sentence that the server said."""

    def __init__(self, socket: ClientConnection, start: int = 0) -> None:
        self.socket = socket
        self.complaints: list[str] = []
        self.frames = self.bytes = 0
        self._seq = self._version = 0
        self._pulling = False
        self._away: deque[tuple[int, list[float]]] = deque()  # batches, and when each was due
        self._room = asyncio.Condition()
        self.lags: list[float] = []  # seconds from when a point was due to its frame
        self._events = events(start % len(TWENTY))

    async def begin(self) -> None:
        """Say what a browser says when it opens, and take the first frame."""
        await self.say([{"setting": "visible", "value": FIRST_SCREEN}])

    async def draw(self, points: int = 1) -> float:
        """Draw so many points further; return the seconds until the frame that shows them."""
        began = time.perf_counter()
        await self.say([event for _ in range(points) for event in next(self._events)])
        return time.perf_counter() - began

    async def post(self, due: list[float]) -> None:
        """Draw one point further for each moment in `due`, as soon as a batch may be sent."""
        async with self._room:
            await self._room.wait_for(lambda: len(self._away) < AHEAD)
        self._seq += 1
        self._away.append((self._seq, due))
        batch = [event for _ in due for event in next(self._events)]
        await self.socket.send(json.dumps({"seq": self._seq, "events": batch} | self._request()))

    async def listen(self, paint: float = 1 / 60) -> None:
        """Take frames for ever, and ask for the next when each has been on the screen."""
        while True:
            answer = await self.frame()
            self._pulling = False
            while self._away and self._away[0][0] <= int(answer["ack"]):
                now = time.perf_counter()
                self.lags += [now - due for due in self._away.popleft()[1]]
            async with self._room:
                self._room.notify_all()
            await asyncio.sleep(paint)
            if request := self._request():
                await self.socket.send(json.dumps(request))

    async def rest(self) -> None:
        """Wait until everything that was drawn has been seen."""
        async with self._room:
            await self._room.wait_for(lambda: not self._away)

    def _request(self) -> dict[str, int]:
        if self._pulling:
            return {}
        self._pulling = True
        return {"pull": self._version}

    async def say(self, batch: list[dict]) -> None:
        """Send events and wait for the frame that answers them."""
        self._seq += 1
        message = {"seq": self._seq, "events": batch, "pull": self._version}
        await self.socket.send(json.dumps(message))
        while True:
            answer = await self.frame()
            if int(answer["ack"]) >= self._seq:
                return
            await self.socket.send(json.dumps({"pull": self._version}))

    async def frame(self) -> dict[str, str]:
        """Return the metadata of the next frame."""
        while True:
            message = await self.socket.recv()
            if isinstance(message, str):
                self.complaints.append(json.loads(message).get("error", message))
                continue
            self.frames += 1
            self.bytes += len(message)
            header = meta(message)
            self._version = int(header["version"])
            return header
