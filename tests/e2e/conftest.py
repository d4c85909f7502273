"""One server and one browser for all; a visit is a tab in a browser context of its own."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

SIZE = {"width": 1440, "height": 1000}
Visit = Callable[..., Lab]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no chromium on this machine; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


def visits(browser: Browser, server: Server) -> Iterator[Visit]:
    """Yield what opens a tab; close all tabs in the end, and fail on what the console said."""
    labs: list[Lab] = []

    def visit(query: str = "", *, at: Server | None = None, opened: bool = True, **view) -> Lab:
        context = browser.new_context(**({"viewport": SIZE} | view))
        lab = Lab(context.new_page(), (at or server).url)
        labs.append(lab)
        return lab.open(query) if opened else lab

    yield visit
    complaints = [fault for lab in labs for fault in lab.complaints()]
    for lab in labs:
        lab.page.context.close()
    assert not complaints


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    yield from visits(browser, server)


@pytest.fixture(scope="module")
def lab(browser: Browser, server: Server) -> Iterator[Lab]:
    """One tab for the tests of a module, which follow one another as a visitor's deeds do."""
    opening = visits(browser, server)
    yield next(opening)()
    next(opening, None)


def opening(browser: Browser, server: Server, path: str, panel: str) -> Iterator[Lab]:
    """Yield one tab of a lab on the plane, opened until this panel is there."""
    visit = visits(browser, server)
    lab = next(visit)(opened=False)
    lab.page.goto(f"{server.url}/{path}")
    lab.canvas(panel).wait_for(timeout=30_000)
    yield lab
    next(visit, None)


@pytest.fixture(scope="module")
def play(browser: Browser, server: Server) -> Iterator[Lab]:
    yield from opening(browser, server, "playground", "plane")


@pytest.fixture(scope="module")
def unit(browser: Browser, server: Server) -> Iterator[Lab]:
    yield from opening(browser, server, "neuron", "plane")


@pytest.fixture(scope="module")
def pen(browser: Browser, server: Server) -> Iterator[Lab]:
    yield from opening(browser, server, "approximation", "sketch")
