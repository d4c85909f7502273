"""Handshakes: what is never complete ends, and everything else goes on."""

import asyncio
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from socket import create_connection, socket

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from websockets.sync.client import connect

from labs.live.handshakes import end_unfinished

LIMIT = 0.4  # seconds


async def slow(request: Request) -> PlainTextResponse:
    await asyncio.sleep(4 * LIMIT)
    return PlainTextResponse("late")


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of the kind that serves the app."""
    made = AutoHTTPProtocol.connection_made
    end_unfinished(LIMIT)
    app = Starlette(routes=[Route("/slow", slow), WebSocketRoute("/echo", echo)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()
    AutoHTTPProtocol.connection_made = made


UNFINISHED = {
    "nothing": b"",
    "a line": b"GET /slow HTTP/1.1\r\n",
    "half a handshake": b"GET /echo HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
}
WHOLE = b"GET /none HTTP/1.1\r\nHost: x\r\n\r\n"


def seconds_to_the_end(wire: socket) -> float:
    began = time.monotonic()
    assert wire.recv(1000) == b""
    return time.monotonic() - began


def test_a_request_that_never_becomes_complete_ends(port: int, subtests):
    for name, begun in UNFINISHED.items():
        with subtests.test(name), create_connection(("127.0.0.1", port), timeout=10) as wire:
            wire.sendall(begun)
            assert 0.9 * LIMIT < seconds_to_the_end(wire) < LIMIT + 1


def test_so_does_one_after_a_complete_request(port: int):
    with create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(WHOLE)
        assert wire.recv(1000)
        wire.sendall(WHOLE[:9])
        assert LIMIT * 0.9 < seconds_to_the_end(wire) < 2 * LIMIT + 1


def test_what_is_complete_goes_on(port: int):
    wire = HTTPConnection("127.0.0.1", port, timeout=10)
    with connect(f"ws://127.0.0.1:{port}/echo") as websocket:
        wire.request("GET", "/slow")
        assert wire.getresponse().read() == b"late"
        kept = wire.sock
        time.sleep(2.5 * LIMIT)  # idle, as uvicorn allows
        wire.request("GET", "/none")
        assert wire.getresponse().read()
        assert wire.sock is kept
        websocket.send("here")
        assert websocket.recv(timeout=5) == "here"
    wire.close()
