"""A kernel's cell dragged over a photograph of 512 x 512, in a real browser."""

import math
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.bench.hand import Place, browser, flood, lags, watch
from tests.bench.measure import Row, percentile
from tests.e2e.lab import Lab

SECONDS = 5.0
MOVES = 50
HANDS = {"a 3 x 3 kernel": "", "a 7 x 7 kernel": "?convolution.preset=gabor&convolution.size=7"}


def open_lab(page: Page, url: str, query: str) -> Lab:
    """Return the lab with its output under watch."""
    lab = Lab(page, url)
    page.goto(f"{url}/convolution{query}")
    page.locator('[data-panel="output"] canvas').wait_for(timeout=30_000)
    page.wait_for_timeout(2000)
    watch(lab.canvas("output"))
    return lab


def hold(lab: Lab) -> Place:
    """Return where the kernel's cell in the middle is, once it is in sight."""
    lab.canvas("kernel").scroll_into_view_if_needed()
    return lab.place(0.5, 0.5, "kernel")


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    with browser("convolution") as opened:
        if opened is None:
            return
        tab, url = opened
        for kernel, query in HANDS.items():
            lab = open_lab(tab(), url, query)
            x, y = hold(lab)
            flooded = flood(
                lab.page, (x, y), lambda i, x=x, y=y: (x, y + 90 * math.sin(i / 9)), SECONDS
            )
            x, y = hold(lab)
            times = lags(
                lab.page, (x, y), lambda k, x=x, y=y: (x, y + 60 * math.sin(1 + 2 * k)), MOVES
            )
            lab.page.close()
            yield Row(f"{kernel}: pictures a second", flooded, "1/s", at_least=25)
            yield Row(f"{kernel}: move to picture, median", percentile(times, 0.5), "ms")
            yield Row(f"{kernel}: move to picture, p95", percentile(times, 0.95), "ms", at_most=60)
