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


def drag(lab: Lab, panel: str, *moves: float) -> None:
    """Press the cell in the middle of a kernel, and move up by so many pixels one after another;
    the output follows every one.
    """
    watched = {"kernel": "output", "green": "stack"}[panel]
    before = lab.settle(watched)
    x, y = lab.place(0.5, 0.5, panel)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for up in moves:
        lab.page.mouse.move(x, y - up)
        before = lab.changes(watched, before)
    lab.page.mouse.up()


def test_dragging_a_cell_moves_the_picture_and_the_address(visit: Visit):
    lab = opened(visit, "convolution", "output")
    lab.until("an output", lambda: "510 × 510" in note(lab.page, "output"), 20)
    drag(lab, "kernel", 40, 80, 120)
    lab.until("the kernel in the address", lambda: "convolution.kernel" in lab.query())
    kernel = lab.query()["convolution.kernel"].split("_")
    assert float(kernel[4]) == pytest.approx(1.2, abs=0.05)
    lab.page.reload()
    lab.until("the same kernel", lambda: "sum 1.2" in note(lab.page, "kernel"), 20)


def test_grey_after_colour_is_the_picture_of_before(visit: Visit):
    lab = opened(visit, "convolution", "output")
    grey = lab.settle("output")
    lab.page.get_by_role("button", name="colour", exact=True).click()
    lab.changes("output", grey)
    lab.settle("output")
    lab.page.get_by_role("button", name="grey", exact=True).click()
    lab.page.mouse.move(2, 2)
    lab.until("the grey picture", lambda: lab.settle("output") == grey)


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
    first = lab.settle("output")
    lab.page.mouse.move(*lab.place(0.83, 0.83, "output"))
    lab.changes("output", first)
    lab.page.mouse.move(*lab.place(0.17, 0.5, "output"))
    lab.until("one mark, not two", lambda: lab.picture("output") == first)


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


def test_a_gabors_wave_is_turned_by_its_handle_and_by_keys(visit: Visit):
    lab = opened(visit, "convolution", "output", "convolution.preset=gabor&convolution.size=7")
    lab.until("an output", lambda: "506 × 506" in note(lab.page, "output"), 20)
    before = lab.settle("output")
    lab.page.mouse.move(*lab.place(0.75, 0.5, "response"))  # wavelength 4, angle 0
    lab.page.mouse.down()
    lab.page.mouse.move(*lab.place(0.7, 0.4, "response"))
    lab.page.mouse.move(*lab.place(0.7, 0.3, "response"))
    before = lab.changes("output", before)
    lab.page.mouse.up()
    lab.until("45 degrees", lambda: abs(float(lab.query().get("convolution.angle", 0)) - 45) < 4)
    before = lab.settle("output")
    lab.canvas("response").press("ArrowUp")
    lab.changes("output", before)
    lab.until("it turned on", lambda: float(lab.query()["convolution.angle"]) > 46)


def part(visit: Visit, name: str, panel: str, query: str = "") -> Lab:
    return opened(visit, "convolution", panel, f"convolution.part={name}{query}")


def test_a_signal_is_drawn(visit: Visit):
    lab = part(visit, "one+dimension", "pen", "&convolution.line.signal=long")
    lab.until("48 numbers", lambda: "48 numbers in, 46 out" in note(lab.page, "pen"), 20)
    before = lab.settle("pen")
    lab.page.mouse.move(*lab.place(0.4, 0.3, "pen"))
    lab.page.mouse.down()
    lab.page.mouse.move(*lab.place(0.6, 0.3, "pen"), steps=5)
    lab.page.mouse.up()
    lab.changes("pen", before)
    signal = lab.page.get_by_label("signal", exact=True)
    lab.until("the signal is one's own", lambda: signal.input_value() == "yours")


def test_a_slice_is_dragged_and_a_row_of_the_costs_is_taken(visit: Visit):
    lab = part(visit, "channels", "stack")
    lab.until("a stack", lambda: "4 × 126 × 126" in note(lab.page, "stack"), 20)
    drag(lab, "green", 90)
    lab.panel("cost").locator("tr.row").nth(1).click()
    lab.until("three maps", lambda: "3 × 126 × 126" in note(lab.page, "stack"))
    assert lab.panel("mix").is_hidden()
    lab.until("the slice in the address", lambda: "convolution.channels.kernels" in lab.query())
    lab.page.reload()
    lab.until("three maps again", lambda: "3 × 126 × 126" in note(lab.page, "stack"), 20)
    lab.settle("stack")
    assert "convolution.channels.kernels" in lab.query()  # a bank of the page's own would clear it


def test_the_picture_moves_and_the_change_is_measured(visit: Visit):
    lab = part(visit, "ReLU+and+pooling", "pooled")
    rows = lab.panel("moved").locator("tr")
    lab.until("measured", lambda: "%" in rows.nth(2).inner_text(), 20)
    lab.page.get_by_label("move right").fill("0")
    lab.until("nothing moves", lambda: "0.0 %" in rows.nth(2).inner_text())
    lab.page.get_by_label("move right").fill("4")
    done = lab.panel("challenges").locator("li.done")
    lab.until("a whole stride", lambda: done.count() == 1)


def test_stages_are_added_and_come_back_from_the_address(visit: Visit):
    lab = part(visit, "a+pipeline", "s6")
    lab.until("six stages", lambda: "sees 10" in note(lab.page, "s6"), 20)
    lab.page.get_by_role("button", name="Add a stage after it").click()
    lab.panel("s7").wait_for(timeout=15_000)
    lab.until("its view", lambda: "12 × 12" in note(lab.page, "s7"), 15)
    lab.until("the address", lambda: "convolution.pipeline.stages" in lab.query())
    lab.page.reload()
    lab.panel("s7").wait_for(timeout=30_000)
    lab.page.get_by_role("button", name="LeNet's, learned").click()
    lab.until("LeNet's maps", lambda: "16 × 5 × 5" in note(lab.page, "s6"), 15)


def test_a_kernel_is_learnt_within_five_seconds(visit: Visit):
    lab = part(visit, "learning+a+kernel", "learned")
    lab.until("a start", lambda: "off by" in note(lab.page, "learned"), 20)
    lab.page.get_by_role("button", name="play").click()
    lab.until("found", lambda: "within 0.01" in note(lab.page, "learned"), 5)
