"""Firefox opens every page without a fault, and answers a dragged knob or a drawing."""

import os
import shutil
import time

import pytest

from pages.catalogue import ENTRIES
from tests.e2e.bidi import Firefox
from tests.e2e.hold import ANSWERED, DRAWN, HOLD
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def firefox():
    if os.environ.get("GLASSBOX_COMPLETE") != "1":
        pytest.skip("Firefox takes a minute and more; GLASSBOX_COMPLETE=1 lets it")
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("there is no Firefox on this machine; apt-get install firefox-esr")
    with Firefox(program) as browser:
        yield browser


def hold(firefox: Firefox) -> list[float]:
    """Return the box that a hand takes hold of, once it stands still."""
    before, now = None, firefox.evaluate(HOLD)
    while now != before:
        time.sleep(0.2)
        before, now = now, firefox.evaluate(HOLD)
    return now


@pytest.mark.timeout(300)
def test_every_page_in_firefox(firefox: Firefox, server: Server, subtests):
    for name in ENTRIES:
        with subtests.test(name):
            firefox.open(f"{server.url}/{name}")
            firefox.until(DRAWN)
            x, y, width, height = hold(firefox)
            firefox.drag((x + width * (0.3 + i / 40), y + height / 2) for i in range(16))
            firefox.until(ANSWERED)
            faults, firefox.faults = firefox.faults, []
            assert not faults
        firefox.open("about:blank")  # what is said of leaving in the middle of a drag is no fault
        firefox.faults.clear()
