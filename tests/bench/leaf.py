"""Hand to pixel in the autodiff lab: a leaf is dragged, single moves timed to new pixels."""

import math
import shutil
import sys
from collections.abc import Iterator

from playwright.sync_api import Locator, Page, sync_playwright

from tests.bench.latency import RESET, WATCH
from tests.bench.measure import Row, percentile
from tests.e2e.lab import FLAGS
from tests.e2e.server import Server

MOVES = 40


def lags(page: Page, slider: Locator) -> list[float]:
    """Return, for every single move of the slider, the ms until the graph changed."""
    box = slider.bounding_box()
    height, found = box["y"] + box["height"] / 2, []
    page.mouse.move(box["x"] + 0.5 * box["width"], height)
    page.mouse.down()
    for k in range(MOVES):
        page.evaluate(RESET)
        page.mouse.move(box["x"] + (0.5 + 0.35 * math.sin(1 + k)) * box["width"], height)
        page.wait_for_timeout(150)
        seen = page.evaluate("watched")
        if seen["inputs"]:
            after = [at for at in seen["changes"] if at >= seen["inputs"][0]]
            found.append(after[0] - seen["inputs"][0] if after else math.inf)
    page.mouse.up()
    return found


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("leaf: there is no chromium on this machine", file=sys.stderr)
        return
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"{server.url}/autodiff?autodiff.preset=net")
        slider = page.locator('[data-panel="leaves"]').get_by_label("x1", exact=True)
        slider.wait_for(timeout=30_000)
        page.wait_for_timeout(2000)
        page.locator('[data-panel="graph"] canvas').evaluate(WATCH)
        times = lags(page, slider)
        browser.close()
    yield Row("a leaf's slider to changed pixels, median", percentile(times, 0.5), "ms")
    yield Row("a leaf's slider to changed pixels, p95", percentile(times, 0.95), "ms", at_most=60)
