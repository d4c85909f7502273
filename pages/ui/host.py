"""The host: every page says where its server is.

Streamlit's frontend does not know that.  It asks for the server's health at the address of the
page, finds nothing there if that is a deep link, asks one folder above, and connects only then.  It
need not ask where the page names a host, as hosting services do: in `window.__streamlit`.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = b"""<head>
    <script>
      // the server is where this page's own files are; nobody else may command the page
      window.__streamlit = {
        BACKEND_BASE_URL: new URL(".", location).href,
        HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
      };
    </script>"""


class Host:
    """Middleware that adds the script to every page that a browser asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request as the app does."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, Page(send).send)


class Page:
    """One answer on its way, held back while it is a page whose body is not complete."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.start: Message | None = None
        self.body = b""

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start" and self._is_page(message):
            self.start = message
        elif self.start is None:
            await self._send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish()

    def _is_page(self, message: Message) -> bool:
        headers = Headers(raw=message["headers"])
        return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")

    async def _finish(self) -> None:
        if self.body:  # none when only the head was asked for
            self.body = self.body.replace(b"<head>", SCRIPT, 1)
            MutableHeaders(scope=self.start)["content-length"] = str(len(self.body))
        await self._send(self.start)
        await self._send({"type": "http.response.body", "body": self.body})
