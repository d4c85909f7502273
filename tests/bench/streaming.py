"""Text at full speed in a real browser: how fast it reaches the page, and a control's answer.

A control is answered when the panel beside the text says so: at temperature 0 the likeliest next
character has all the mass.  Without a chromium there are no rows.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.bench.hand import browser
from tests.bench.measure import Row, percentile

SECONDS = 6.0
TURNS = 20  # of the knob
COUNT = "(output) => [performance.now(), Number(output.textContent.replace(/\\D/g, ''))]"
TURN = """([slider, first]) => new Promise((resolve) => {
  const full = () => first.textContent === "100.0 %";
  const turn = (value) => {
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const wait = (began) => {
    const taken = performance.now() - began;
    if (!full() && taken < 5000) return requestAnimationFrame(() => wait(began));
    turn(0.8);
    resolve(taken);
  };
  const begin = () => {
    if (full()) return requestAnimationFrame(begin); // a character that was certain anyway
    turn(0);
    wait(performance.now());
  };
  begin();
})"""


def open_page(page: Page, url: str) -> None:
    """Open the writing network and let it write at full speed."""
    page.goto(f"{url}/language")
    page.locator('[data-panel="odds"] .bar .number', has_text="%").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    page.locator('[data-card="writing"] .play').click()
    page.wait_for_timeout(1000)


def rate(page: Page) -> float:
    """Return how many characters a second reached the page."""
    output = page.locator('[data-card="writing"] .transport output').element_handle()
    began, first = output.evaluate(COUNT)
    page.wait_for_timeout(1e3 * SECONDS)
    ended, last = output.evaluate(COUNT)
    return (last - first) / (ended - began) * 1e3


def answers(page: Page) -> list[float]:
    """Return the ms from each turn of the temperature to its effect, while text streams."""
    slider = page.locator('[data-knob="temperature"] input').element_handle()
    first = page.locator('[data-panel="odds"] .bar .number').first.element_handle()
    taken = []
    for _ in range(TURNS):
        page.wait_for_timeout(250)
        taken.append(page.evaluate(TURN, [slider, first]))
    return taken


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    with browser("streaming") as opened:
        if opened is None:
            return
        tab, url = opened
        page = tab()
        open_page(page, url)
        written, taken = rate(page), answers(page)
    yield Row("text that reaches the page at full speed", written, "char/s", at_least=500)
    yield Row("a knob's answer meanwhile, median", percentile(taken, 0.5), "ms")
    yield Row("a knob's answer meanwhile, p95", percentile(taken, 0.95), "ms", at_most=200)
