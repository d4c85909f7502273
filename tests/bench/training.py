"""The playground in a real browser, training at full speed: frames and epochs a second.

A frame counts when the big plane has other pixels than before; the epochs are those that the page
itself shows.  Without a chromium there are no rows.
"""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

from tests.bench.hand import RESET, WATCH, browser
from tests.bench.measure import Row
from tests.e2e.lab import Lab

SECONDS = 8.0


def epochs(page: Page) -> int:
    """Return the count that the stage shows."""
    return int(re.sub(r"\D", "", page.locator(".transport output").first.inner_text()) or 0)


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    with browser("training") as opened:
        if opened is None:
            return
        tab, url = opened
        page = tab()
        lab = Lab(page, url)
        page.goto(f"{url}/playground")
        lab.canvas("plane").wait_for(timeout=30_000)
        page.get_by_role("button", name="play", exact=True).first.wait_for(timeout=60_000)
        page.get_by_role("button", name="play", exact=True).first.click()
        page.wait_for_timeout(1500)
        lab.canvas("plane").evaluate(WATCH)
        before = epochs(page)
        page.evaluate(RESET)
        began = page.evaluate("performance.now()")
        page.wait_for_timeout(1000 * SECONDS)
        frames = page.evaluate("watched.changes.length")
        after = epochs(page)
        seconds = (page.evaluate("performance.now()") - began) / 1e3
        said = lab.panel("loss").locator(".note").inner_text()
    yield Row("frames a second while training", frames / seconds, "1/s", at_least=20)
    yield Row("epochs a second while training", (after - before) / seconds, "1/s", at_least=60)
    told = int(re.sub(r"\D", "", said) or 0)
    yield Row("epochs a second as the page says", told, "1/s")
