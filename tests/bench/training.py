"""The playground in a real browser, training at full speed: frames and epochs a second.

A frame counts when the big plane has other pixels than before; the epochs are those that the page
itself shows.  Without a chromium there are no rows.
"""

import re
import shutil
import sys
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from tests.bench.hand import RESET, WATCH
from tests.bench.measure import Row
from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

SECONDS = 8.0


def epochs(page: Page) -> int:
    """Return the count that the stage shows."""
    return int(re.sub(r"\D", "", page.locator(".transport output").first.inner_text()) or 0)


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("training: there is no chromium on this machine", file=sys.stderr)
        return
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        lab = Lab(page, server.url)
        page.goto(f"{server.url}/playground")
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
        browser.close()
    yield Row("frames a second while training", frames / seconds, "1/s", at_least=20)
    yield Row("epochs a second while training", (after - before) / seconds, "1/s", at_least=60)
    told = int(re.sub(r"\D", "", said) or 0)
    yield Row("epochs a second as the page says", told, "1/s")
