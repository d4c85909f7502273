"""The announcement: what a page will soon need, told with its first bytes.

That a page has a stage, a browser learns late: when the frontend has started, asked for the page
and drawn it.  So the header of every page names the modules of the stage and the frontend's own
parts around it, and they come while the frontend starts (`Link: rel=modulepreload`, RFC 8288 and
https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload).
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

IMPORT = re.compile(r'\b(?:from|import)\s*"(\.{1,2}/[^"]+\.js)"')


class Announcement:
    """Middleware that names `modules`, paths relative to a page, in the header of every page."""

    def __init__(self, app: ASGIApp, modules: Sequence[str]) -> None:
        self.app = app
        self.links = ", ".join(f"<{module}>; rel=modulepreload" for module in modules)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request as the app does, with one more header if the answer is a page."""

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if self.links and headers.get("content-type", "").startswith("text/html"):
                    headers["link"] = self.links
            await send(message)

        await self.app(scope, receive, tell if scope["type"] == "http" else send)


def with_imports(folder: Path, patterns: Iterable[str]) -> list[str]:
    """Return the modules in `folder` that match, and all that they import from it, as names.

    Imports inside a function are left out: they are for later.
    """
    folder = folder.resolve()
    waiting = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    found: dict[Path, None] = {}
    while waiting:
        path = waiting.pop(0)
        if path in found or not path.is_file() or not path.is_relative_to(folder):
            continue
        found[path] = None
        waiting += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())]
    return [path.relative_to(folder).as_posix() for path in found]
