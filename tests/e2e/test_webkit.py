"""WebKit (GTK) opens every page without a fault, and answers a dragged knob or a drawing.

Needs Debian's webkit2gtk-driver and a display, such as xvfb-run gives, and Selenium.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages.catalogue import ENTRIES
from tests.e2e.hold import ANSWERED, DRAWN, HOLD
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e
LISTEN = """
addEventListener("error", e => (window.faults ??= []).push(String(e.message)));
addEventListener("unhandledrejection", e => (window.faults ??= []).push(String(e.reason)));
"""
SECONDS = 30


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    if os.environ.get("GLASSBOX_COMPLETE") != "1":
        pytest.skip("WebKit takes some minutes; GLASSBOX_COMPLETE=1 lets it")
    webdriver = pytest.importorskip("selenium.webdriver")
    program = shutil.which("WebKitWebDriver")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
    if program is None or not browsers:
        pytest.skip("there is no WebKit on this machine; apt-get install webkit2gtk-driver")
    if not os.environ.get("DISPLAY"):
        pytest.skip("WebKit needs a display; xvfb-run gives one")
    options = webdriver.webkitgtk.options.Options()
    options.binary_location = str(browsers[0])
    options.add_argument("--automation")
    service = webdriver.webkitgtk.service.Service(program)
    driver = webdriver.WebKitGTK(options=options, service=service)
    driver.set_window_size(1440, 1000)
    yield driver
    driver.quit()


def until(driver: Any, script: str) -> Any:
    """Return what an expression comes to as soon as it is true."""
    end = time.monotonic() + SECONDS
    while not (value := driver.execute_script(f"return {script}")):
        assert time.monotonic() < end, f"not within {SECONDS} s: {script}"
        time.sleep(0.1)
    return value


def drag(driver: Any, x: float, y: float, far: float) -> None:
    """Press the mouse at a point of the window, move it to the right, and let go."""
    from selenium.webdriver.common.actions.action_builder import ActionBuilder

    hand = ActionBuilder(driver, duration=16)
    hand.pointer_action.move_to_location(round(x), round(y)).pointer_down()
    for k in range(1, 16):
        hand.pointer_action.move_to_location(round(x + far * k / 16), round(y))
    hand.pointer_action.pointer_up()
    hand.perform()


@pytest.mark.timeout(900)
def test_every_page_in_webkit(driver: Any, server: Server, subtests):
    for name in ENTRIES:
        with subtests.test(name):
            driver.get(f"{server.url}/{name}")
            driver.execute_script(LISTEN)
            until(driver, DRAWN)
            before, now = None, driver.execute_script(f"return {HOLD}")
            while now != before:
                time.sleep(0.3)
                before, now = now, driver.execute_script(f"return {HOLD}")
            x, y, width, height = now
            drag(driver, x + 0.3 * width, y + height / 2, 0.4 * width)
            until(driver, ANSWERED)
            assert not driver.execute_script("return window.faults")
