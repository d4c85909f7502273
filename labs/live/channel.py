"""The channel: `/live/<token>`, where stages and their experiments are brought together."""

import asyncio
import json
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, ref

from starlette.websockets import WebSocket

from labs.live.classroom import Classroom
from labs.live.connection import Connection
from labs.live.lanes import Lanes
from labs.live.session import Session

UNKNOWN_TOKEN = 4404  # close code: the page must make a new session
GONE = 60.0  # seconds without a browser after which an experiment is let go


class Channel:
    """Every live connection of one server."""

    def __init__(self, origins: Sequence[str] = ()) -> None:
        self.origins = frozenset(origins)
        self.classroom: Classroom | None = None  # made in the event loop that serves
        self.desk = asyncio.Lock()
        self._turns: WeakKeyDictionary[Session, asyncio.Lock] = WeakKeyDictionary()

    async def live(self, websocket: WebSocket) -> None:
        """Serve one browser until it leaves."""
        if not same_origin(websocket, self.origins):
            await websocket.close(1008)  # before the handshake: the browser sees a 403
            return
        await websocket.accept()
        session = find_session(websocket.path_params["token"])
        if session is None:
            await websocket.send_text(
                json.dumps({"error": "This session is over; the page makes a new one."})
            )
            await websocket.close(UNKNOWN_TOKEN)
            return
        self.classroom = self.classroom or Classroom(Lanes())
        turn = self._turns.setdefault(session, asyncio.Lock())
        connection = Connection(websocket, session, self.classroom, turn, self.desk)
        try:
            await connection.serve()
        finally:
            let_go_later(session)


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
            session.release()

    asyncio.get_running_loop().call_later(GONE, look)
