"""The digit lab as a visitor finds it: where to draw, what to click, what can be read."""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

Path = Sequence[tuple[float, float]]  # of a pen, in the unit square of the pad
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
GRIDS = {  # columns of tiles, cells down and across a tile
    "conv1": (2, 28, 28),
    "pool1": (2, 14, 14),
    "conv2": (4, 10, 10),
    "pool2": (4, 5, 5),
    "fc1": (1, 10, 12),
}


class Lab:
    """One tab.  `faults` collects what the console complained of."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.faults: list[str] = []
        self.forgiven: list[str] = []  # patterns of faults that this visit brings about itself
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("console", self._listen)

    def _listen(self, message) -> None:
        if message.type != "error":
            return
        url = message.location.get("url", "")
        if "net::" in message.text and urlsplit(url).hostname != "127.0.0.1":
            return  # a name outside, which the tests block
        self.faults.append(f"{message.text} ({url})")

    def complaints(self) -> list[str]:
        """Return the faults that nothing forgives, and forget them."""
        found, self.faults = self.faults, []
        return [f for f in found if not any(re.search(p, f) for p in self.forgiven)]

    def open(self, query: str = "", path: str = "digit") -> "Lab":
        """Open a page and wait until its stage has drawn a frame and the first picture stands."""
        self.page.goto(f"{self.server}/{path}" + (f"?{query}" if query else ""))
        self.page.locator(".stage[data-version]").first.wait_for(timeout=30_000)
        first = self.page.locator(".stage figure:visible:has(canvas)").first
        self.settle(first.get_attribute("data-panel"))
        return self

    def panel(self, name: str) -> Locator:
        """Return a panel; of two with one name, the first."""
        return self.page.locator(f'[data-panel="{name}"]').first

    def canvas(self, name: str) -> Locator:
        """Return the canvas of a panel."""
        return self.panel(name).locator("canvas").first

    def card(self, name: str) -> Locator:
        """Return a card of the stage."""
        return self.page.locator(f'[data-card="{name}"]')

    def picture(self, name: str) -> str:
        """Return the pixels of a panel's canvas."""
        return self.canvas(name).evaluate("canvas => canvas.toDataURL()")

    def settle(self, name: str, quiet: float = 0.25) -> str:
        """Wait until a picture has stood still for a moment; return it."""
        picture, since = self.picture(name), time.monotonic()
        while time.monotonic() - since < quiet:
            self.page.wait_for_timeout(50)
            now = self.picture(name)
            if now != picture:
                picture, since = now, time.monotonic()
        return picture

    def until(self, what: str, holds: Callable[[], object], seconds: float = 5.0) -> None:
        """Wait until `holds()`; fail with `what` otherwise."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"not within {seconds:g} s: {what}"
            self.page.wait_for_timeout(20)

    def changes(self, name: str, before: str, seconds: float = 5.0) -> str:
        """Wait until a picture differs from `before`; return the new one."""
        self.until(f"{name} changes", lambda: self.picture(name) != before, seconds)
        return self.picture(name)

    def top(self) -> str:
        """Return the digit that the network holds for the likeliest."""
        return self.panel("softmax").locator(".bar.top .label").inner_text()

    def shares(self) -> list[str]:
        """Return the ten probabilities as they are written."""
        return self.panel("softmax").locator(".bar .number:last-child").all_inner_texts()

    def query(self) -> dict[str, str]:
        """Return the page's address as it is now."""
        return {k: v[0] for k, v in parse_qs(urlsplit(self.page.url).query).items()}

    def moment(self) -> tuple[int, int]:
        """Return which point of the drawing is shown, and how many there are."""
        text = self.page.locator(".timeline output").first.text_content()
        at, count = text.split("/")
        return int(at), int(count)

    def press(self, text: str, within: str = "x") -> None:
        """Click a button of a panel."""
        self.panel(within).get_by_role("button", name=text, exact=True).click()

    def brush(self, width: int) -> None:
        """Set the brush."""
        self.panel("x").get_by_label("brush width").fill(str(width))

    def place(self, x: float, y: float, panel: str = "x") -> tuple[float, float]:
        """Return the screen's coordinates of a place in a canvas's unit square."""
        box = self.canvas(panel).bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def pen(self, path: Path, *, lift: bool = True) -> None:
        """Draw one stroke with the mouse."""
        box = self.canvas("x").bounding_box()
        mouse = self.page.mouse
        for i, (x, y) in enumerate(path):
            mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
            if i == 0:
                mouse.down()
        if lift:
            mouse.up()

    def draw(self, strokes: Iterable[Path]) -> None:
        """Draw strokes with the mouse."""
        self.panel("x").scroll_into_view_if_needed()
        for path in strokes:
            self.pen(path)

    def click(self, layer: str, unit: int, row: int, col: int) -> None:
        """Click one cell of one map."""
        columns, height, width = GRIDS[layer]
        rows = {"conv1": 3, "pool1": 3, "conv2": 4, "pool2": 4, "fc1": 1}[layer]
        across = (unit % columns + (col + 0.5) / width) / columns
        down = (unit // columns + (row + 0.5) / height) / rows
        self.canvas(layer).scroll_into_view_if_needed()
        self.page.mouse.click(*self.place(across, down, layer))

    def sum(self) -> str:
        """Return the closing line of the arithmetic."""
        return self.panel("arithmetic").locator(".sum").inner_text()

    def title(self) -> str:
        """Return the heading of the arithmetic."""
        return self.panel("arithmetic").locator("h3").inner_text()

    def notice(self) -> Locator:
        """Return the stage's own notice."""
        return self.page.locator('.stage:has([data-panel="x"]) .notice')
