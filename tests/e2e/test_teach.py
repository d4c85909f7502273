"""Classes of one's own: a button that is held before the camera."""

import shutil

import pytest
from playwright.sync_api import Browser

from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e


def test_a_held_button_keeps_adding_what_the_camera_shows(browser: Browser, server: Server):
    """The camera's pictures are always on their way, and an example finds room between them."""
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    chromium = shutil.which("chromium")
    seeing = browser.browser_type.launch(executable_path=chromium, args=FLAGS + camera)
    lab = Lab(seeing.new_page(), server.url).open("features.part=your own classes", "features")
    classes = lab.panel("classes")
    count = classes.locator(".tools .dim").first
    before = int(count.inner_text())
    lab.page.get_by_role("button", name="camera", exact=True).click()
    video = lab.panel("camera").locator("video")
    lab.until("the camera plays", lambda: video.evaluate("v => v.videoWidth") > 0, seconds=20)
    hold = classes.locator(".hold-add").first
    hold.scroll_into_view_if_needed()
    lab.page.wait_for_timeout(1000)
    box = hold.bounding_box()
    lab.page.mouse.move(box["x"] + 5, box["y"] + 5)
    lab.page.mouse.down()
    lab.until("five examples", lambda: int(count.inner_text()) >= before + 5, seconds=15)
    lab.page.mouse.up()
    seeing.close()
    assert not lab.complaints()
