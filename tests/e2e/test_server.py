"""The server of the end-to-end tests leaves nothing behind."""

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.server import Server
from tests.load.visitor import Visitor


def test_a_server_takes_its_folder_away(monkeypatch):
    """Its log is there while it runs; one that did not start leaves no folder either."""
    with monkeypatch.context() as patch:
        patch.setattr(Server, "_healthy", lambda server: True)
        with Server() as server:
            assert server.log.exists()
    assert server.process is None
    assert not server.log.parent.exists()
    broken = Server(module="tests.nothing")
    with pytest.raises(RuntimeError, match="did not start"), broken:
        pass
    assert not broken.log.parent.exists()


async def visit(server: Server, count: int) -> int:
    """Let so many come at once, and leave; return how many descriptors the server had then."""
    visitors = [Visitor(server.url, "neuron") for _ in range(count)]
    for visitor in visitors:
        await visitor.__aenter__()
    stages = [await visitor.live("neuron") for visitor in visitors]
    found = descriptors(server)
    for socket in (*stages, *(visitor.stream for visitor in visitors)):
        socket.transport.abort()  # a phone out of reach says no goodbye
    return found


def descriptors(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def visited(server: Server, count: int) -> int:
    """Return what `visit` does, in a thread of its own: Playwright's loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(visit(server, count))).result()


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts in /proc")
def test_visitors_who_left_leave_no_file_descriptor():
    with Server(asgi="tests.e2e.hasty:app") as server:
        visited(server, 1)  # so that what is made once has been made
        time.sleep(5)
        before = descriptors(server)
        assert visited(server, 8) > before + 3 * 8
        end = time.monotonic() + 30
        while descriptors(server) > before:
            assert time.monotonic() < end, f"{descriptors(server)} instead of {before} are open"
            time.sleep(0.2)
