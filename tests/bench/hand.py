"""A hand in a real browser: floods of moves, and single moves timed from the pointer to new pixels.

The watched picture is read back after every animation frame, at 128 x 128 pixels at most: reading
more would itself take a third of the frames.
"""

import math
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, sync_playwright

from tests.e2e.lab import FLAGS
from tests.e2e.server import Server

MOVES = 40  # single ones
PAUSE = 150  # ms after every single move
Place = tuple[float, float]  # CSS pixels
WATCH = """(canvas) => {
  const small = document.createElement("canvas");
  const width = (small.width = Math.min(128, canvas.width));
  const height = (small.height = Math.min(128, canvas.height));
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


@contextmanager
def browser(name: str) -> Iterator[tuple[Callable[[], Page], str] | None]:
    """Yield what opens a tab, and the address of a server of its own; None without a chromium.

    name: of the benchmark, which then says that it could not run.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        print(f"{name}: there is no chromium on this machine", file=sys.stderr)
        yield None
        return
    with Server() as server, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield lambda: opened.new_page(viewport={"width": 1440, "height": 1000}), server.url
        opened.close()


def watch(canvas: Locator) -> None:
    """Note from now on when the pointer moves and when the picture changes."""
    canvas.evaluate(WATCH)


def along(slider: Locator) -> Callable[[float], Place]:
    """Return where a share of a slider's way is."""
    box = slider.bounding_box()
    return lambda share: (box["x"] + share * box["width"], box["y"] + box["height"] / 2)


def press(page: Page, start: Place) -> None:
    """Go to `start` and press."""
    page.mouse.move(*start)
    page.mouse.down()


def flood(page: Page, start: Place, place: Callable[[int], Place], seconds: float) -> float:
    """Press and move to place(1), place(2), ... at once; return picture changes a second."""
    press(page, start)
    page.evaluate(RESET)
    began, i = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        i += 1
        page.mouse.move(*place(i))
    changes = page.evaluate("watched.changes.length")
    taken = time.perf_counter() - began
    page.mouse.up()
    return changes / taken


def lags(
    page: Page, start: Place, place: Callable[[int], Place], moves: int = MOVES
) -> list[float]:
    """Press and move to place(0), place(1), ...: return for every move the ms until the picture
    changed; infinity if it never did.
    """
    found = []
    press(page, start)
    for k in range(moves):
        page.evaluate(RESET)
        page.mouse.move(*place(k))
        page.wait_for_timeout(PAUSE)
        seen = page.evaluate("watched")
        if seen["inputs"]:
            after = [at for at in seen["changes"] if at >= seen["inputs"][0]]
            found.append(after[0] - seen["inputs"][0] if after else math.inf)
    page.mouse.up()
    return found
