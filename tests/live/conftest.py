"""Experiments to drive, and a client that speaks to a live channel."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient, WebSocketTestSession

from labs.live import Experiment, Frame, Session
from labs.live.channel import PROTOCOL
from labs.live.proxies import Proxies
from labs.live.routes import live_routes

STAGE = Path(__file__).parents[2] / "pages" / "ui" / "stage"


FLAGS = ("quick", "slow", "eager", "alike")


class Counter(Experiment):
    """Counts its steps, from `back` anew; refuses `bad`, breaks on `break`, ends after `last`."""

    def __init__(self, last: int | None = None) -> None:
        self.steps = 0
        self.last = last
        self.events: list[Mapping] = []
        self.breaks_in: set[str] = set()
        self.released = False

    def receive(self, event: Mapping) -> None:
        if "bad" in event:
            raise ValueError("That is bad.")
        if "break" in event:
            raise KeyError("a bug")
        if "back" in event:
            self.steps = 0
        self.breaks_in = set(map(str, event.get("breaks_in") or ()))
        self.events.append(event)

    def step(self) -> bool:
        if "step" in self.breaks_in:
            raise ZeroDivisionError("a bug")
        self.steps += 1
        return self.steps != self.last

    def frame(self) -> Frame:
        if "frame" in self.breaks_in:
            raise ZeroDivisionError("a bug")
        notes = {"n": len(self.events)} | ({"odd": object()} if "encode" in self.breaks_in else {})
        return Frame(values={"steps": torch.tensor([float(self.steps)])}, notes=notes)

    def __getattribute__(self, name: str) -> object:
        if name in FLAGS and name in self.__dict__.get("breaks_in", ()):
            raise RuntimeError("a bug")  # as torch's are, and as one of a socket that has closed
        return super().__getattribute__(name)

    def release(self) -> None:
        self.released = True


class Seen:
    """One frame as the browser sees it."""

    def __init__(self, data: bytes) -> None:
        self.tensors = load(data)
        size = int.from_bytes(data[:8], "little")
        meta = json.loads(data[8 : 8 + size])["__metadata__"]
        self.notes = json.loads(meta["notes"])
        self.version, self.ack, self.steps = (int(meta[k]) for k in ("version", "ack", "steps"))
        self.playing = meta["playing"] == "1"
        self.speed, self.until = (float(meta.get(k, 0)) for k in ("speed", "until"))


class Browser:
    """The browser's side of one connection."""

    def __init__(self, socket: WebSocketTestSession) -> None:
        self.socket = socket
        self.version = 0

    def say(self, **message: Any) -> None:
        self.socket.send_text(json.dumps(message))

    def hear(self, within: float = 20) -> Seen | str:
        """The next frame, or the next worded error.  TimeoutError when none comes."""
        message = self.socket.portal.call(self._next, within)
        assert message["type"] == "websocket.send", message
        if message.get("bytes") is not None:
            seen = Seen(message["bytes"])
            self.version = seen.version
            return seen
        return json.loads(message["text"])["error"]

    async def _next(self, within: float) -> dict:
        return await asyncio.wait_for(self.socket._send_rx.receive(), within)

    def frame(self) -> Seen:
        seen = self.hear()
        assert isinstance(seen, Seen), seen
        return seen

    def fault(self) -> str:
        said = self.hear()
        assert isinstance(said, str), "a frame came where a sentence was due"
        return said

    def pull(self, **more: Any) -> Seen:
        self.say(pull=self.version, **more)
        return self.frame()

    def pull_until(self, done) -> Seen:
        """Pull frames until one of them is `done`."""
        for _ in range(1000):
            if done(seen := self.pull()):
                return seen
        raise AssertionError("it never came")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """One server; entered, so that all its connections share one event loop."""
    with TestClient(served()) as client:
        yield client


@pytest.fixture(scope="module")
def proxied() -> Iterator[TestClient]:
    """A server whose requests come from an address that is trusted unless a setting says else."""
    with TestClient(served(), client=("::ffff:10.1.2.3", 50_000)) as client:
        yield client


def served() -> Starlette:
    return Starlette(routes=live_routes(STAGE, "/lab/"), middleware=[Middleware(Proxies)])


def connections() -> int:
    """How many tasks the open connections have, counted in the server's loop."""
    names = [task.get_coro().__qualname__ for task in asyncio.all_tasks()]
    return sum(name.startswith("Connection.") for name in names)


async def ended(before: int) -> None:
    """Wait until a connection's tasks are gone; the client would cancel what goes on."""
    for _ in range(1000):
        if connections() <= before:
            return
        await asyncio.sleep(0.005)
    raise AssertionError("the connection was closed, and its tasks go on")


@contextmanager
def browse(client: TestClient, session: Session, base: str = "", **more) -> Iterator[Browser]:
    before = client.portal.call(connections)
    with client.websocket_connect(f"{base}/live", [PROTOCOL, session.token], **more) as socket:
        try:
            yield Browser(socket)
        finally:
            socket.close()
            client.portal.call(ended, before)
