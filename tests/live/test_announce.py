"""The announcement: which modules it finds, and which answers it is added to."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from labs.live.announce import Announcement, with_imports


def test_modules_come_with_all_that_they_import(tmp_path: Path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "first.a1.js").write_text(
        'import { a } from "./second.js";import"./parts/third.js";\n'
        'const later = () => import("./later.js");\nimport x from "./missing.js";'
    )
    (tmp_path / "second.js").write_text('export { b } from "./first.a1.js";')  # a circle
    (tmp_path / "parts" / "third.js").write_text('import {\n  c,\n} from "../second.js";')
    for name in ("later.js", "other.js"):
        (tmp_path / name).write_text("")
    found = with_imports(tmp_path, ["first.*.js", "nothing.*.js"])
    assert found == ["first.a1.js", "second.js", "parts/third.js"]


def test_no_module_is_found_outside_the_folder(tmp_path: Path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.js").write_text("")
    (inner / "a.js").write_text('import "../secret.js";')
    assert with_imports(inner, ["a.js"]) == ["a.js"]


def test_only_pages_carry_the_header():
    routes = [
        Route("/page", lambda _: HTMLResponse("<p>hello</p>")),
        Route("/data", lambda _: JSONResponse({})),
    ]
    middleware = [Middleware(Announcement, modules=["./a.js", "./b.js"])]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as client:
        header = client.get("/page").headers["link"]
        assert header == "<./a.js>; rel=modulepreload, <./b.js>; rel=modulepreload"
        assert "link" not in client.get("/data").headers
