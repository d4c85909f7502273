"""Hand to pixel in a real browser: a flood of moves, then single moves, each timed to new pixels.

The same measurement as the project's `latency.py`: the watched picture is read back after every
animation frame.  Without a chromium there are no rows.
"""

import math
import shutil
import sys
import time
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from tests.bench.measure import Row, percentile
from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

SECONDS = 6.0  # of flood
MOVES = 40  # single ones
WATCH = """(canvas) => {
  const small = document.createElement("canvas");
  const width = (small.width = Math.min(320, canvas.width));
  const height = (small.height = Math.min(320, canvas.height));
  const context = small.getContext("2d", { willReadFrequently: true });
  const state = (window.watched = { changes: [], inputs: [] });
  let last = 0;
  addEventListener("pointermove", () => state.inputs.push(performance.now()), true);
  const look = () => {
    context.clearRect(0, 0, width, height);
    context.drawImage(canvas, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    let hash = 0;
    for (let i = 0; i < data.length; i++) hash = (hash * 31 + data[i]) | 0;
    if (hash !== last) state.changes.push(performance.now());
    last = hash;
    requestAnimationFrame(look);
  };
  look();
}"""
RESET = "() => { watched.changes.length = watched.inputs.length = 0 }"


def open_lab(page: Page, url: str) -> Lab:
    """Return the lab with conv1 under watch."""
    page.goto("about:blank")
    lab = Lab(page, url).open()
    page.wait_for_timeout(1500)
    lab.canvas("conv1").evaluate(WATCH)
    return lab


def flood(lab: Lab) -> float:
    """Return how often a second conv1 changed while the hand never stopped."""
    mouse = lab.page.mouse
    places = [lab.place(0.5 + 0.3 * math.sin(i / 7) * math.cos(i / 90),
                        0.5 - 0.3 * math.cos(i / 7)) for i in range(600)]  # fmt: skip
    mouse.move(*places[0])
    mouse.down()
    lab.page.evaluate(RESET)
    began, i = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        i += 1
        mouse.move(*places[i % len(places)])
    changes = lab.page.evaluate("watched.changes.length")
    taken = time.perf_counter() - began
    mouse.up()
    return changes / taken


def singles(lab: Lab) -> list[float]:
    """Return, for every single move, the ms until conv1 changed; infinity if it never did."""
    mouse, lags = lab.page.mouse, []
    mouse.move(*lab.place(0.2, 0.2))
    mouse.down()
    for k in range(MOVES):
        lab.page.evaluate(RESET)
        x, y = 0.2 + 0.6 * (k % 20 + 1) / 20, 0.5 + 0.3 * (k // 20) + 0.1 * math.sin(k)
        mouse.move(*lab.place(x, min(0.95, y)))
        lab.page.wait_for_timeout(150)
        seen = lab.page.evaluate("watched")
        if seen["inputs"]:
            after = [at for at in seen["changes"] if at >= seen["inputs"][0]]
            lags.append(after[0] - seen["inputs"][0] if after else math.inf)
    mouse.up()
    return lags


def rows() -> Iterator[Row]:
    """Drive a browser at a server of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("latency: there is no chromium on this machine", file=sys.stderr)
        return
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        changes = flood(open_lab(page, server.url))
        lags = singles(open_lab(page, server.url))
        browser.close()
    yield Row("updates a second under a flood of moves", changes, "1/s", at_least=30)
    yield Row("single move to changed pixels, median", percentile(lags, 0.5), "ms")
    yield Row("single move to changed pixels, p95", percentile(lags, 0.95), "ms", at_most=35)
    yield Row("single moves without an answer", lags.count(math.inf), "", at_most=0)
