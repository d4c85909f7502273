"""A kernel's cell dragged over a photograph of 512 x 512, in a real browser."""

import math
import shutil
import sys
import time
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from tests.bench.latency import RESET, WATCH
from tests.bench.measure import Row, percentile
from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

SECONDS = 5.0
MOVES = 50
HANDS = {"a 3 x 3 kernel": "", "a 7 x 7 kernel": "?convolution.preset=gabor&convolution.size=7"}


def open_lab(page: Page, url: str, query: str) -> Lab:
    """Return the lab with its output under watch."""
    lab = Lab(page, url)
    page.goto(f"{url}/convolution{query}")
    page.locator('[data-panel="output"] canvas').wait_for(timeout=30_000)
    page.wait_for_timeout(2000)
    lab.canvas("output").evaluate(WATCH)
    return lab


def hold(lab: Lab) -> tuple[float, float]:
    """Take the kernel's cell in the middle; return where the hand is."""
    lab.canvas("kernel").scroll_into_view_if_needed()
    x, y = lab.place(0.5, 0.5, "kernel")
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    return x, y


def flood(lab: Lab) -> float:
    """Return how often a second the picture changed while the hand never stopped."""
    x, y = hold(lab)
    lab.page.evaluate(RESET)
    began, i = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        i += 1
        lab.page.mouse.move(x, y + 90 * math.sin(i / 9))
    changes = lab.page.evaluate("watched.changes.length")
    taken = time.perf_counter() - began
    lab.page.mouse.up()
    return changes / taken


def singles(lab: Lab) -> list[float]:
    """Return, for every single move, the ms until the picture changed."""
    (x, y), found = hold(lab), []
    for k in range(MOVES):
        lab.page.evaluate(RESET)
        lab.page.mouse.move(x, y + 60 * math.sin(1 + 2 * k))
        lab.page.wait_for_timeout(150)
        seen = lab.page.evaluate("watched")
        if seen["inputs"]:
            after = [at for at in seen["changes"] if at >= seen["inputs"][0]]
            found.append(after[0] - seen["inputs"][0] if after else math.inf)
    lab.page.mouse.up()
    return found


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("convolution: there is no chromium on this machine", file=sys.stderr)
        return
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for hand, query in HANDS.items():
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            lab = open_lab(page, server.url, query)
            changes, lags = flood(lab), singles(lab)
            page.close()
            yield Row(f"{hand}: pictures a second", changes, "1/s", at_least=25)
            yield Row(f"{hand}: move to picture, median", percentile(lags, 0.5), "ms")
            yield Row(f"{hand}: move to picture, p95", percentile(lags, 0.95), "ms", at_most=60)
        browser.close()
