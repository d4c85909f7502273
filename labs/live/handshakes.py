"""Handshakes: a connection whose request never becomes complete is closed after a few seconds.

uvicorn waits for the head of a request for ever and has no setting for it; each such connection
holds a file descriptor.  So its connections are looked at from when they are made.
"""

import asyncio
from functools import wraps
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

LIMIT = 5.0  # seconds for the head of a request; twice that for a second one on a connection


def end_unfinished(limit: float = LIMIT) -> None:
    """Let all connections that uvicorn takes from now on end so."""
    made = getattr(
        AutoHTTPProtocol.connection_made, "__wrapped__", AutoHTTPProtocol.connection_made
    )

    @wraps(made)
    def connection_made(self: Any, transport: asyncio.Transport) -> None:
        made(self, transport)
        self.loop.call_later(limit, look, self, None, limit)

    AutoHTTPProtocol.connection_made = connection_made


def look(protocol: Any, last: object, limit: float) -> None:
    """Close a connection that still waits for the request after `last`; else look again later."""
    if protocol.transport.is_closing() or protocol not in protocol.connections:
        return  # it ended, or is a WebSocket's now
    cycle = protocol.cycle  # of the last request whose head is complete; None: of none
    idle = protocol.timeout_keep_alive_task is not None  # uvicorn closes it
    waits = cycle is None or (cycle.response_complete and not idle)
    if waits and cycle is last:
        protocol.transport.close()
    else:
        protocol.loop.call_later(limit, look, protocol, cycle if waits else protocol, limit)
