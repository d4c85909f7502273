"""The channel: `/live`, where stages and their experiments are brought together.

A browser names its token as a subprotocol, after our own: an address would stand in every log.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, ref

from starlette.websockets import WebSocket

from labs.live.batches import StepBatcher
from labs.live.connection import Connection
from labs.live.lanes import Lanes
from labs.live.session import Session

PROTOCOL = "glassbox"
UNKNOWN_TOKEN = 4404  # close code: the page must make a new session
FULL = 1013  # close code: try again later
PER_TOKEN = 8  # connections at once; a page has one, and old ones of a phone that lost its network
PER_ADDRESS = 512  # a whole school may share one
GONE = 60.0  # seconds without a browser after which an experiment is let go


class Channel:
    """Every live connection of one server."""

    def __init__(self, origins: Sequence[str] = ()) -> None:
        self.origins = frozenset(origins)
        self.batcher: StepBatcher | None = None  # made in the event loop that serves
        self.inline_lock = asyncio.Lock()  # of those who compute in the event loop
        self._turns: WeakKeyDictionary[Session, asyncio.Lock] = WeakKeyDictionary()
        self._open: Counter[str] = Counter()  # connections of a token, or of an address

    async def live(self, websocket: WebSocket) -> None:
        """Serve one browser until it leaves."""
        if not same_origin(websocket, self.origins):
            await websocket.close(1008)  # before the handshake: the browser sees a 403
            return
        ours, token = (*websocket.scope["subprotocols"], "", "")[:2]
        await websocket.accept(ours or None)
        session = find_session(token)
        if session is None:
            sentence = "This session is over; the page makes a new one."
            await refuse(websocket, sentence, UNKNOWN_TOKEN)
            return
        address = websocket.client.host if websocket.client else ""
        if self._open[token] >= PER_TOKEN:
            await refuse(websocket, "This page has too many connections; trying again.", FULL)
        elif self._open[address] >= PER_ADDRESS:
            sentence = "Your network has too many connections to this server; trying again."
            await refuse(websocket, sentence, FULL)
        else:
            with self._counted(token, address):
                await self._serve(websocket, session)

    async def _serve(self, websocket: WebSocket, session: Session) -> None:
        self.batcher = self.batcher or StepBatcher(Lanes())
        turn = self._turns.setdefault(session, asyncio.Lock())
        connection = Connection(websocket, session, self.batcher, turn, self.inline_lock)
        try:
            await connection.serve()
        finally:
            let_go_later(session)

    @contextmanager
    def _counted(self, *keys: str) -> Iterator[None]:
        """Count a connection while it is there; what is at 0 is forgotten."""
        self._open.update(keys)
        try:
            yield
        finally:
            self._open.subtract(keys)
            self._open = +self._open


async def refuse(websocket: WebSocket, sentence: str, code: int) -> None:
    """Say why in a sentence, and close with a code that the page knows."""
    await websocket.send_text(json.dumps({"error": sentence}))
    await websocket.close(code)


def find_session(token: str) -> Session | None:
    """Look the session up in the registry as it is now: Streamlit reloads edited modules."""
    import labs.live.session as registry

    return registry.find(token)


def same_origin(websocket: WebSocket, others: Collection[str] = ()) -> bool:
    """Whether the page that asks came from this server or `others` (or is no browser at all)."""
    origin = websocket.headers.get("origin")
    if origin is None or origin in others:
        return True
    try:
        return urlsplit(origin).netloc == websocket.headers.get("host")
    except ValueError:  # no address at all
        return False


def let_go_later(session: Session) -> None:
    """Release the experiment unless a browser is back within `GONE` seconds."""
    weak = ref(session)  # the timer must not keep a session alive that its page has left
    session.departures += 1
    mine = session.departures

    def look() -> None:
        session = weak()
        if session is not None and not session.watched and session.departures == mine:
            # in a thread: a page may have the experiment, and the loop must not wait for it
            asyncio.get_running_loop().run_in_executor(None, session.release)

    asyncio.get_running_loop().call_later(GONE, look)
