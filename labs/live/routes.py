"""The routes that a stage needs: the live channel, and its own JavaScript."""

from collections.abc import Sequence
from pathlib import Path

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from labs.live.channel import Channel


class FreshFiles(StaticFiles):
    """Files that a browser may keep but asks about: a 304 is cheap, a stale stage is not."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not path.endswith((".js", ".css")):
            return Response(status_code=404)  # the folder holds Python too
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def live_routes(stage: Path, base: str = "", origins: Sequence[str] = ()) -> list[BaseRoute]:
    """Return `/live` and `/stage/...`, also below `base` when the app is served there.

    origins: other servers whose pages may connect, e.g. "https://school.example".
    """
    channel, files = Channel(origins), FreshFiles(directory=stage)
    prefixes = [""] + ([f"/{base.strip('/')}"] if base.strip("/") else [])
    return [
        route
        for prefix in prefixes
        for route in (
            WebSocketRoute(f"{prefix}/live", channel.live),
            Mount(f"{prefix}/stage", files),
        )
    ]
