"""Hand to pixel on the pad: a flood of moves, then single moves, each timed to new pixels.

The same measurement as the project's `latency.py`.  Without a chromium there are no rows.
"""

import math
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.bench.hand import Place, browser, flood, lags, watch
from tests.bench.measure import Row, percentile
from tests.e2e.lab import Lab

SECONDS = 6.0  # of flood


def open_lab(page: Page, url: str) -> Lab:
    """Return the lab with conv1 under watch."""
    page.goto("about:blank")
    lab = Lab(page, url).open()
    page.wait_for_timeout(1500)
    watch(lab.canvas("conv1"))
    return lab


def scribble(lab: Lab) -> float:
    """Return how often a second conv1 changed while the hand never stopped."""
    places = [lab.place(0.5 + 0.3 * math.sin(i / 7) * math.cos(i / 90),
                        0.5 - 0.3 * math.cos(i / 7)) for i in range(600)]  # fmt: skip
    return flood(lab.page, places[0], lambda i: places[i % len(places)], SECONDS)


def singles(lab: Lab) -> list[float]:
    """Return the ms from every single move of the pen until conv1 changed."""

    def place(k: int) -> Place:
        x, y = 0.2 + 0.6 * (k % 20 + 1) / 20, 0.5 + 0.3 * (k // 20) + 0.1 * math.sin(k)
        return lab.place(x, min(0.95, y))

    return lags(lab.page, lab.place(0.2, 0.2), place)


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    with browser("latency") as opened:
        if opened is None:
            return
        tab, url = opened
        page = tab()
        changes = scribble(open_lab(page, url))
        times = singles(open_lab(page, url))
    yield Row("updates a second under a flood of moves", changes, "1/s", at_least=30)
    yield Row("single move to changed pixels, median", percentile(times, 0.5), "ms")
    yield Row("single move to changed pixels, p95", percentile(times, 0.95), "ms", at_most=35)
    yield Row("single moves without an answer", times.count(math.inf), "", at_most=0)
