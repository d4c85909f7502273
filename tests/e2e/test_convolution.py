"""The convolution and architectures labs in a browser: drag, point, unfold."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def opened(visit: Visit, path: str, panel: str, query: str = "") -> Lab:
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/{path}" + (f"?{query}" if query else ""))
    lab.page.locator(f'[data-panel="{panel}"]').first.wait_for(timeout=30_000)
    return lab


def note(page: Page, panel: str) -> str:
    return page.locator(f'[data-panel="{panel}"] .note').first.inner_text()


def test_dragging_a_cell_moves_the_picture_and_the_address(visit: Visit):
    lab = opened(visit, "convolution", "output")
    lab.until("an output", lambda: "510 × 510" in note(lab.page, "output"), 20)
    before = lab.settle("output")
    x, y = lab.place(0.5, 0.5, "kernel")
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    picture = before
    for step in (40, 80, 120):
        lab.page.mouse.move(x, y - step)
        picture = lab.changes("output", picture)
    lab.page.mouse.up()
    lab.until("the kernel in the address", lambda: "convolution.kernel" in lab.query())
    kernel = lab.query()["convolution.kernel"].split("_")
    assert float(kernel[4]) == pytest.approx(1.2, abs=0.05)
    lab.page.reload()
    lab.until("the same kernel", lambda: "sum 1.2" in note(lab.page, "kernel"), 20)


def test_pointing_at_the_output_shows_its_sum(visit: Visit):
    lab = opened(
        visit, "convolution", "output", "convolution.source=grid&convolution.preset=lecture"
    )
    lab.until("the lecture's output", lambda: "3 × 3" in note(lab.page, "output"), 20)
    lab.settle("output")
    lab.page.mouse.move(*lab.place(0.17, 0.17, "output"))
    lab.until("4 at the first cell", lambda: "y = Σ x·w = 4.000" in lab.sum())
    lab.page.mouse.move(*lab.place(0.17, 0.5, "output"))
    lab.until("2 below it", lambda: "y = Σ x·w = 2.000" in lab.sum())


def test_an_illegal_setting_is_explained_on_the_picture(visit: Visit):
    lab = opened(visit, "convolution", "output", "convolution.source=grid&convolution.size=7")
    why = lab.panel("output").locator(".why")
    lab.until("a sentence", lambda: "reaches over 7 cells" in why.inner_text(), 20)


def test_a_network_unfolds_and_breaks(visit: Visit):
    lab = opened(visit, "architectures", "left")
    block = lab.panel("left").locator('[data-path="classifier"]')
    block.wait_for(timeout=30_000)
    block.click()
    lab.panel("left").locator('[data-path="classifier.1"]').click()
    lab.until("its arithmetic", lambda: "9,216 × 4,096 + 4,096 = 37,752,832" in lab.sum())
    lab.page.get_by_label("input side").fill("40")
    fault = lab.panel("left").locator(".fault")
    lab.until("where it breaks", lambda: "features.12 (MaxPool2d)" in fault.inner_text())
