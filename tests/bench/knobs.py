"""The first knob of every page, dragged to and fro in a browser: how long a hand waits.

The clock is the page's own, `glassbox:input-to-paint`, from the event to the painted frame.  What
the letting go costs is in it: after the last move a second goes by before the clock is read.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from pages.catalogue import ENTRIES
from tests.bench.hand import along, browser, press
from tests.bench.measure import Row, percentile
from tests.e2e.hold import FIND

MOVES, PAUSE = 40, 40  # of one drag, and ms between two
TIMES = 'performance.getEntriesByName("glassbox:input-to-paint").map(e => e.duration)'


def drag(page: Page) -> list[float] | None:
    """Return the ms that every answer took; None on a page without a knob."""
    first = page.evaluate_handle(f'{FIND}("[data-knob]:not(.idle) input[type=range]")[0]')
    slider = first.as_element()
    if slider is None:
        return None
    slider.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    place = along(slider)
    page.evaluate("performance.clearMeasures()")
    press(page, place(0.5))
    for k in range(MOVES):
        page.mouse.move(*place(0.5 + 0.3 * (1 - abs(1 - 2 * (k + 1) / MOVES))))
        page.wait_for_timeout(PAUSE)
    page.mouse.up()
    page.wait_for_timeout(1000)
    return page.evaluate(TIMES)


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own, page after page."""
    with browser("knobs") as opened:
        if opened is None:
            return
        tab, url = opened
        for name in ENTRIES:
            page = tab()
            page.goto(f"{url}/{name}")
            page.wait_for_function(f'{FIND}(".stage[data-version]").length', timeout=60_000)
            page.wait_for_timeout(3000)
            times = drag(page)
            page.close()
            if times:
                yield Row(f"{name}: knob to paint, p50", percentile(times, 0.5), "ms", at_most=33)
                yield Row(f"{name}: knob to paint, p95", percentile(times, 0.95), "ms", at_most=60)
