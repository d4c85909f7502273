"""Proxies: what a visitor's browser called and where it is, as trusted proxies pass it on.

A browser names its page in `Origin` and the server that it calls in `Host`; where they are the
same, the page is ours.  A proxy may leave the port out of `Host` (nginx's `$host`), or put its own
name for the server there and what was called into `X-Forwarded-Host`, each of several proxies one
more.  No script in a browser can set these headers.
"""

from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

Networks = Collection[IPv4Network | IPv6Network]

SETTING = "GLASSBOX_TRUSTED_PROXIES"
PRIVATE = "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"
PORTS = {"http": 80, "https": 443}


class Proxies:
    """Middleware: a WebSocket gets its page's host as `Host` and its visitor's address as client.

    So the live channel, and Streamlit's own, can compare `Origin` and `Host` and know no proxy.
    """

    def __init__(self, app: ASGIApp, trusted: str = PRIVATE) -> None:
        self.app = app
        self.trusted = networks(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection as the app does."""
        if scope["type"] == "websocket":
            scope = resolved(scope, self.trusted)
        await self.app(scope, receive, send)


def networks(text: str) -> Networks:
    """Return the addresses and networks of a list with commas.  ValueError if one is neither."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return [ip_network(part) for part in parts]
    except ValueError as fault:
        raise ValueError(f"{SETTING} lists addresses and networks, got {text!r}: {fault}") from None


def resolved(scope: Scope, trusted: Networks) -> Scope:
    """Return the scope as it would be without the proxies between."""
    headers = Headers(scope=scope)
    hops = [hop for line in headers.getlist("x-forwarded-for") for hop in parts_of(line)]
    peer, port = scope.get("client") or (None, 0)
    # The server may trust a proxy by itself and has then put what it forwards in the place of its
    # address.  Who sends an own address as forwarded is no browser, and could leave `Origin` out.
    replaced = peer in hops or f"{peer}:{port}" in hops
    if not (replaced or is_trusted(peer, trusted)):
        return scope
    scope = dict(scope)
    strangers = [hop for hop in hops if not is_trusted(hop, trusted)]
    if hops and not replaced:
        scope["client"] = ((strangers or hops[:1])[-1], 0)  # the last that no proxy of ours named
    origin = headers.get("origin", "")
    forwarded = [part for line in headers.getlist("x-forwarded-host") for part in parts_of(line)]
    if any(is_host_of(origin, host) for host in (headers.get("host", ""), *forwarded)):
        MutableHeaders(scope=scope)["host"] = urlsplit(origin).netloc
    return scope


def parts_of(line: str) -> list[str]:
    """Return what a header lists."""
    return [part.strip() for part in line.split(",") if part.strip()]


def is_trusted(peer: str | None, trusted: Networks) -> bool:
    """Whether an address is in one of the networks; without one it is a socket of this machine."""
    if peer is None:
        return True
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in trusted)


def is_host_of(origin: str, host: str) -> bool:
    """Whether a host, of any port if it names none, is that of an origin."""
    try:
        page, server = urlsplit(origin), urlsplit(f"//{host}")
        ports = page.port or PORTS.get(page.scheme), server.port
    except ValueError:  # no address at all
        return False
    same = page.hostname is not None and page.hostname == server.hostname
    return same and ports[1] in (None, ports[0])
