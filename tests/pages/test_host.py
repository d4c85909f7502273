"""The host: which answers name the server, and which are left alone."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.ui.host import Host

PAGE = "<html><head><title>ä</title></head><p>" + "hello " * 200 + "</p></html>"


def missing(_):
    return HTMLResponse("<head></head>", 404)


def pieces(_):
    return StreamingResponse(iter([PAGE[:8], PAGE[8:]]), media_type="text/html")


@pytest.fixture
def client():
    routes = [
        Route("/page", lambda _: HTMLResponse(PAGE)),
        Route("/pieces", pieces),
        Route("/data", lambda _: JSONResponse({"head": "<head>" * 200})),
        Route("/missing", missing),
    ]
    middleware = [Middleware(Host), Middleware(GZipMiddleware, minimum_size=500)]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as client:
        yield client


@pytest.mark.parametrize("path", ["/page", "/pieces"])
def test_a_page_names_its_server_and_is_otherwise_whole(client, path):
    answer = client.get(path, headers={"accept": "text/html,*/*", "accept-encoding": "gzip"})
    before, script, after = answer.text.partition("<head>")[0], "window.__streamlit", PAGE[12:]
    assert before == "<html>"
    assert answer.text.count(script) == 1
    assert answer.text.endswith(after)
    assert answer.text.index(script) < answer.text.index("<title>")
    if path == "/page":
        assert int(answer.headers["content-length"]) == len(answer.content)


def test_other_answers_are_as_they_were(client):
    answer = client.get("/data", headers={"accept": "*/*", "accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json() == {"head": "<head>" * 200}
    asking = {"accept": "text/html"}
    assert client.get("/missing", headers=asking).text == "<head></head>"
    assert client.head("/page", headers=asking).content == b""


def test_a_page_compressed_for_a_program_stays_compressed(client):
    answer = client.get("/page", headers={"accept": "*/*", "accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == PAGE
