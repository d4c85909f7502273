"""The three labs of the plane without a mouse: what can be clicked or dragged has its keys."""

import re

import pytest
from playwright.sync_api import Locator

from tests.e2e.lab import Lab
from tests.e2e.test_playground import rested

pytestmark = pytest.mark.e2e


def focus(place: Locator) -> Locator:
    """Focus a place as the tab key does; whoever looks must see where it is."""
    place.evaluate("node => node.focus({ focusVisible: true })")
    assert place.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    return place


def test_a_weight_is_found_and_edited(play: Lab):
    rested(play)
    net = focus(play.canvas("network"))
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "Enter"):
        net.press(key)
    editor = play.panel("network").get_by_role("dialog", name="edge")
    editor.wait_for()
    assert editor.locator("b").inner_text() == "unit 1 → unit 1 of layer 2"
    slider = editor.get_by_role("slider")
    assert slider.evaluate("node => node.matches(':focus')")
    weight = editor.get_by_role("spinbutton")
    before = float(weight.input_value())
    for _ in range(4):
        slider.press("ArrowRight")
    play.until("another weight", lambda: float(weight.input_value()) > before + 0.02)
    slider.press("Escape")
    editor.wait_for(state="hidden")
    assert net.evaluate("node => node.matches(':focus')")


def test_a_unit_is_looked_at_chosen_and_added(play: Lab):
    node = play.panel("network").get_by_role("button", name="unit 3 of layer 1", exact=True)
    focus(node)
    play.until("its map", lambda: "unit 3 of layer 1" in play.panel("plane").inner_text())
    node.press("Enter")
    play.until("its sum", lambda: "Unit 3 of layer 1" in play.panel("unit").inner_text())
    more = play.panel("network").get_by_role("button", name="add a unit to layer 1", exact=True)
    focus(more).press("Enter")
    play.until("five units", lambda: play.query().get("playground.layers") == "5,2")
    assert more.evaluate("node => node.matches(':focus')")


def test_points_are_added_dragged_and_removed(play: Lab):
    play.panel("plane").get_by_role("button", name="clear").press("Enter")
    play.until("two points", lambda: play.query().get("playground.points", "").count("_") == 2)
    plane = focus(play.canvas("plane"))
    plane.press("Enter")
    play.until("three points", lambda: play.query()["playground.points"].count("_") == 3)
    before = play.query()["playground.points"]
    for _ in range(3):
        plane.press("Shift+ArrowLeft")
    play.until("it moved", lambda: play.query()["playground.points"] != before)
    plane.press("Delete")
    play.until("it is gone", lambda: play.query()["playground.points"].count("_") == 2)


def test_a_net_of_the_sweep_is_adopted(play: Lab):
    card = play.card("sweep")
    card.get_by_role("button", name="sweep the learning rate").press("Enter")
    planes = focus(play.canvas("sweep"))
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        planes.press(key)
    play.until("its learning rate", lambda: "playground.learning_rate" in play.query())


def test_the_line_is_moved_and_turned(unit: Lab):
    note = unit.panel("plane").locator(".note")
    unit.until("all right", lambda: note.inner_text().startswith("4 of 4 right"), 20)
    foot = focus(unit.panel("plane").get_by_role("button", name=re.compile("^The line")))
    for _ in range(60):  # half of a step leads along the line, where its foot does not follow
        if note.inner_text().startswith("2 of 4 right"):
            break
        foot.press("ArrowLeft")
        unit.page.wait_for_timeout(30)
    assert note.inner_text().startswith("2 of 4 right")  # an OR
    tip = focus(unit.panel("plane").get_by_role("button", name=re.compile("^The arrow")))
    before = unit.settle("plane")
    tip.press("ArrowUp")
    unit.changes("plane", before)


def test_a_function_is_drawn(pen: Lab):
    pen.until("the first steps", lambda: pen.card("fit").get_by_label("play").count() == 1, 40)
    before = pen.settle("sketch")
    canvas = focus(pen.canvas("sketch"))
    canvas.press("ArrowRight")
    placed = pen.changes("sketch", before)
    for _ in range(3):
        canvas.press("ArrowUp")
    pen.changes("sketch", placed)
