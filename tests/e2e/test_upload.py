"""A digit from a file or from the camera."""

import io
import shutil

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from labs.data.strokes import sample
from labs.drawing import Drawing
from tests.e2e.conftest import Visit
from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

pytestmark = pytest.mark.e2e


INSIDE = """canvas => [...canvas.getContext("2d").getImageData(
    4, 4, canvas.width - 8, canvas.height - 8).data].filter((_, i) => i % 4 === 0).join()"""


def photo_of(digit: int) -> bytes:
    """Return a JPEG of dark ink on bright, grainy paper that lies half in the shade."""
    drawing = Drawing()
    drawing.replace(sample(digit))
    ink = np.asarray(drawing.picture.resize((640, 640)), dtype=float) / 255
    grain = np.random.default_rng(digit).normal(0, 4, ink.shape)
    paper = np.linspace(235, 170, 640)[None] + grain
    buffer = io.BytesIO()
    Image.fromarray((paper * (1 - 0.8 * ink)).clip(0, 255).astype(np.uint8)).save(buffer, "JPEG")
    return buffer.getvalue()


def give(lab: Lab, name: str, kind: str, data: bytes) -> None:
    """Hand a file to the open uploader."""
    file = {"name": name, "mimeType": kind, "buffer": data}
    lab.page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(file)


def test_a_photo_of_a_digit_and_a_broken_one(visit: Visit):
    lab = visit()
    lab.page.get_by_role("button", name="Upload or photograph").click()
    give(lab, "five.jpg", "image/jpeg", photo_of(5))
    lab.until("the five is read", lambda: lab.top() == "5", seconds=15)
    seen = lab.panel("seen")
    lab.until("the page says what it did", lambda: "inverted" in seen.inner_text())
    kept = lab.settle("conv1")
    give(lab, "torn.jpg", "image/jpeg", photo_of(5)[:2000])
    told = lab.page.locator('[data-testid="stAlert"]')
    told.wait_for(timeout=15_000)
    assert told.inner_text().strip().endswith(".")
    assert lab.settle("conv1") == kept
    lab.page.keyboard.press("Escape")  # the uploader
    lab.press("sample 4")
    lab.until("a four", lambda: lab.top() == "4")
    other = visit()
    other.press("sample 4")
    other.until("a four there", lambda: other.top() == "4")
    lab.settle("x")
    other.settle("x")
    assert lab.canvas("x").evaluate(INSIDE) == other.canvas("x").evaluate(INSIDE)


def test_the_camera(browser: Browser, server: Server):
    """A browser with a camera that plays a pattern."""
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    chromium = shutil.which("chromium")
    seeing = browser.browser_type.launch(executable_path=chromium, args=FLAGS + camera)
    lab = Lab(seeing.new_page(), server.url).open()
    before = lab.settle("x")
    lab.page.get_by_role("button", name="Upload or photograph").click()
    lab.page.get_by_text("Use the camera").click()
    lab.page.wait_for_function("document.querySelector('video')?.videoWidth > 0", timeout=20_000)
    lab.page.get_by_role("button", name="Take Photo").click()
    lab.page.get_by_role("button", name="Clear photo").wait_for(timeout=20_000)
    lab.changes("x", before, seconds=20)
    seeing.close()
    assert not lab.complaints()
