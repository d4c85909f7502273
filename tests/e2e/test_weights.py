"""Edit a kernel, switch a unit off, take it all back: the network answers, the original stays."""

from urllib.parse import urlencode

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def trained(lab: Lab) -> dict[str, object]:
    """What the untouched network shows."""
    lab.click("conv1", 2, 12, 12)
    lab.until("chosen", lambda: "map 2" in lab.title())
    return {"conv1": lab.settle("conv1"), "shares": lab.shares()}


def test_drag_a_kernel_cell(lab: Lab, trained: dict):
    lab.canvas("kernel").scroll_into_view_if_needed()
    kernel, kernels = lab.settle("kernel"), lab.settle("kernels1")
    x, y = lab.place(0.1, 0.1, "kernel")
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for i in range(1, 20):
        lab.page.mouse.move(x, y - 6 * i)
    lab.changes("kernel", kernel)
    lab.changes("kernels1", kernels)  # and still the button is down
    lab.page.mouse.up()
    note = lab.panel("kernel").locator(".note")
    lab.until("the note says so", lambda: "edited" in note.inner_text())
    lab.changes("conv1", trained["conv1"])


def test_edit_by_keyboard(lab: Lab, trained: dict):
    lab.card("kernels").get_by_role("button", name="Reset all weights").click()
    note = lab.panel("kernel").locator(".note")
    lab.until("as trained", lambda: "edited" not in note.inner_text())
    before = lab.settle("kernels1")
    lab.canvas("kernel").focus()
    for key in ("ArrowRight", "ArrowDown", "+", "+", "+"):
        lab.page.keyboard.press(key)
    after = lab.changes("kernels1", before)
    for _ in range(3):
        lab.page.keyboard.press("-")
    lab.changes("kernels1", after)
    lab.until("back where it was", lambda: lab.shares() == trained["shares"])


def test_no_step_of_a_held_key_is_lost(lab: Lab, trained: dict):
    before = lab.settle("kernels1")
    lab.canvas("kernel").focus()
    for key in "+-":
        for _ in range(40):  # faster than the answers
            lab.page.keyboard.press(key)
        turned = lab.settle("kernels1")
        assert (turned == before) == (key == "-")
    assert lab.shares() == trained["shares"]


def test_reset(lab: Lab, trained: dict):
    lab.canvas("kernel").focus()
    for _ in range(30):
        lab.page.keyboard.press("-")
    lab.changes("conv1", trained["conv1"])
    lab.card("kernels").get_by_role("button", name="Reset all weights").click()
    lab.until("as trained", lambda: lab.picture("conv1") == trained["conv1"])
    assert lab.shares() == trained["shares"]


def test_switch_a_unit_off_and_on(lab: Lab, trained: dict):
    switch = lab.card("inspect").get_by_role("button", name="Switch this unit off / on")
    switch.click()
    lab.changes("conv1", trained["conv1"])
    lab.until("the sum says so", lambda: "switched off" in lab.sum())
    switch.click()
    lab.until("on again", lambda: lab.picture("conv1") == trained["conv1"])
    assert lab.shares() == trained["shares"]


def test_what_cannot_be_switched_says_so(lab: Lab, trained: dict):
    lab.click("pool1", 0, 3, 3)
    lab.until("chosen", lambda: "pool1" in lab.title())
    lab.card("inspect").get_by_role("button", name="Switch this unit off / on").click()
    lab.until("one sentence", lambda: lab.notice().is_visible())
    assert "conv1" in lab.notice().inner_text()
    lab.click("conv1", 2, 12, 12)


def test_nobody_else_sees_an_edit_without_its_link(lab: Lab, trained: dict, visit: Visit):
    lab.card("inspect").get_by_role("button", name="Switch this unit off / on").click()
    lab.canvas("kernel").focus()
    for _ in range(30):
        lab.page.keyboard.press("-")
    lab.changes("conv1", trained["conv1"])
    lab.until("the address holds both", lambda: {"digit.off", "digit.cells"} <= lab.query().keys())
    for query, picture in (({}, trained["conv1"]), (lab.query(), lab.settle("conv1"))):
        other = visit(urlencode(query))
        other.click("conv1", 2, 12, 12)
        other.until("chosen", lambda other=other: "map 2" in other.title())
        assert other.settle("conv1") == picture
