"""Hand to pixel in the autodiff lab: a leaf is dragged, single moves timed to new pixels."""

import math
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.bench.hand import along, browser, lags, watch
from tests.bench.measure import Row, percentile


def drags(page: Page, url: str) -> list[float]:
    """Return the ms from every single move of x1's slider until the graph changed."""
    page.goto(f"{url}/autodiff?autodiff.preset=net")
    slider = page.locator('[data-panel="leaves"]').get_by_label("x1", exact=True)
    slider.wait_for(timeout=30_000)
    page.wait_for_timeout(2000)
    watch(page.locator('[data-panel="graph"] canvas'))
    place = along(slider)
    return lags(page, place(0.5), lambda k: place(0.5 + 0.35 * math.sin(1 + k)))


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own; without a chromium there are no rows."""
    with browser("leaf") as opened:
        if opened is None:
            return
        tab, url = opened
        times = drags(tab(), url)
    yield Row("a leaf's slider to changed pixels, median", percentile(times, 0.5), "ms")
    yield Row("a leaf's slider to changed pixels, p95", percentile(times, 0.95), "ms", at_most=60)
