"""The playground, the neuron and the approximation in a browser: train, touch, draw."""

import re

import pytest

from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def epochs(lab: Lab) -> int:
    return int(re.sub(r"\D", "", lab.page.locator(".transport output").first.inner_text()) or 0)


def rested(lab: Lab) -> None:
    """Wait until the first epochs are over."""
    lab.until("the first epochs", lambda: epochs(lab) >= 300, 60)
    lab.page.get_by_role("button", name="play", exact=True).first.wait_for()


def test_it_trains_by_itself_and_every_unit_is_drawn(play: Lab):
    rested(play)
    assert play.panel("network").locator(".node").count() == 7 + 4 + 2 + 1
    train = play.panel("loss").locator(".key b").first.inner_text()
    assert 0 < float(train) < 0.6


def test_a_hovered_unit_fills_the_plane(play: Lab):
    rested(play)
    before = play.settle("plane")
    play.panel("network").get_by_role("button", name="unit 2 of layer 1", exact=True).hover()
    play.changes("plane", before)
    play.until("the title", lambda: "unit 2 of layer 1" in play.panel("plane").inner_text())
    play.page.mouse.move(5, 5)
    play.until("the output again", lambda: "output" in play.panel("plane").inner_text())


def test_units_come_and_go_and_the_address_knows(play: Lab):
    rested(play)
    play.panel("network").get_by_role("button", name="add a unit to layer 1", exact=True).click()
    play.until("five units", lambda: play.panel("network").locator(".node").count() == 15)
    play.until("the address", lambda: play.query().get("playground.layers") == "5,2")
    play.panel("network").get_by_role("button", name="remove a unit from layer 1").click()
    play.until("four units", lambda: play.panel("network").locator(".node").count() == 14)


def test_a_number_is_typed_while_it_trains(play: Lab):
    until = play.card("net").get_by_label("pause at epoch")
    play.page.get_by_role("button", name="play", exact=True).first.click()
    until.click()
    for digit in "900000":
        play.page.keyboard.type(digit)
        play.page.wait_for_timeout(120)
    assert until.input_value() == "900000"
    until.press("Enter")
    play.page.wait_for_timeout(300)
    assert until.input_value() == "900000"
    play.page.get_by_role("button", name="pause", exact=True).first.click()
    until.fill("")
    until.press("Enter")


def test_a_weight_is_typed_and_points_are_placed_by_keyboard(play: Lab):
    weight = play.panel("unit").get_by_label("weight from x₁", exact=True)
    before = play.settle("plane")
    weight.fill("3.5")
    play.changes("plane", before)
    plane = play.canvas("plane")
    plane.focus()
    before = play.settle("plane")
    for key in ("ArrowLeft", "ArrowUp", "Enter"):
        plane.press(key)
    play.changes("plane", before)


def test_what_a_lecture_needs_is_in_sight_on_a_small_screen(play: Lab):
    size = play.page.viewport_size
    play.page.set_viewport_size({"width": 1366, "height": 680})
    for name in ("preset", "optimizer", "learning_rate"):
        box = play.card("net").locator(f'[data-knob="{name}"]').bounding_box()
        assert box["y"] + box["height"] <= 680
    play.card("net").locator('[data-knob="preset"] select').select_option("zeros")
    play.until("its story", lambda: "Zeros to begin with" in play.panel("story").inner_text())
    play.until("its news", lambda: "same weights" in play.panel("story").inner_text())
    play.page.set_viewport_size(size)


def test_two_runs_stand_on_one_chart(play: Lab):
    card = play.card("replay")
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="keep this run as A").click()
    card.locator('[data-knob="optimizer"] select').select_option("Adam")
    card.get_by_role("button", name="epoch", exact=True).click()
    play.until("run B", lambda: "Adam" in play.panel("run_b").inner_text())
    play.until("four lines", lambda: len(card.locator(".key:visible").all()) == 4)


def test_the_line_is_dragged(unit: Lab):
    note = unit.panel("plane").locator(".note")
    unit.until("all right", lambda: note.inner_text() == "4 of 4 right", 20)
    size = unit.canvas("plane").bounding_box()
    left, inside = 34, size["width"] - 40

    def place(u: float, v: float) -> tuple[float, float]:
        return (size["x"] + left + (u + 0.5) / 2 * inside, size["y"] + 6 + (1.5 - v) / 2 * inside)

    mouse = unit.page.mouse
    mouse.move(*place(0.75, 0.75))
    mouse.down()
    mouse.move(*place(0.5, 0.5), steps=4)
    mouse.move(*place(0.25, 0.25), steps=4)
    mouse.up()
    unit.until("an OR", lambda: note.inner_text() == "2 of 4 right")


def test_xnor_is_built(unit: Lab):
    card = unit.card("layers")
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="XNOR as in the lecture").click()
    unit.until("1 0 0 1", lambda: ": XNOR" in unit.panel("table").inner_text())
    assert unit.page.locator(".checklist .done").count() == 0  # the lecture's act, not one's own


def test_the_net_fits_what_the_pen_draws(pen: Lab):
    pen.until("the first steps", lambda: epochs(pen) >= 400, 40)
    before = pen.settle("sketch")
    box = pen.canvas("sketch").bounding_box()
    mouse = pen.page.mouse
    mouse.move(box["x"] + 60, box["y"] + 60)
    mouse.down()
    for i in range(12):
        mouse.move(box["x"] + 60 + i * (box["width"] - 80) / 12, box["y"] + 60 + 8 * i)
    mouse.up()
    drawn = pen.changes("sketch", before)
    pen.page.get_by_role("button", name="play", exact=True).first.click()
    pen.changes("sketch", drawn)
    pen.until("the address holds the curve", lambda: "approximation.curve" in pen.query())
    pen.page.reload()
    pen.canvas("sketch").wait_for()
    pen.until("the first steps again", lambda: epochs(pen) >= 400, 40)
    assert pen.settle("sketch") != before  # which are the same steps towards the usual function
