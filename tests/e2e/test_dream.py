"""A dream in the browser: it plays, obeys while it plays, remembers, and travels by link."""

import pytest
from playwright.sync_api import Locator

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e
SMALL = "dream.size=96&dream.layer=stage2.0"


def open_lab(visit: Visit, query: str = SMALL) -> Lab:
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/dream?{query}")
    lab.canvas("dream").wait_for(timeout=30_000)
    button = lab.card("dream").locator(".transport .play")
    lab.until(
        "it dreamt a little by itself and rests",
        lambda: moment(lab)[1] > 0 and button.get_attribute("aria-label") == "play",
        30,
    )
    lab.settle("dream")
    return lab


def title(lab: Lab) -> str:
    return lab.panel("dream").inner_text()


def moment(lab: Lab) -> tuple[int, int]:
    text = lab.card("dream").locator(".timeline output").text_content()
    at, _, count = text.partition("/")
    return (int(at), int(count)) if count else (-1, -1)


def control(lab: Lab, label: str) -> Locator:
    return lab.card("dream").get_by_label(label, exact=True)


def play(lab: Lab) -> None:
    lab.card("dream").locator(".transport .play").click()


def test_it_plays_obeys_stops_and_goes_on_from_the_past(visit: Visit):
    lab = open_lab(visit)
    before, (_, begun) = lab.picture("dream"), moment(lab)
    play(lab)
    lab.changes("dream", before, 15)
    lab.until("frames arrive", lambda: moment(lab)[1] >= begun + 5, 20)
    control(lab, "octaves").fill("2")  # while it plays
    lab.until("a knob answers", lambda: "of 2" in title(lab), 5)
    count = moment(lab)[1]
    lab.until("it goes on", lambda: moment(lab)[1] > count, 10)
    play(lab)
    lab.settle("dream", 0.8)
    _, count = moment(lab)
    now = lab.picture("dream")
    slider = lab.card("dream").locator('.timeline input[type="range"]')
    slider.fill("2")
    lab.until("the past is shown", lambda: "step 2," in title(lab))
    assert lab.changes("dream", now) != before
    assert moment(lab)[1] == count
    lab.card("dream").get_by_role("button", name="Go on from here").click()
    lab.until("what came after is gone", lambda: moment(lab) == (2, 2))
    lab.card("dream").get_by_role("button", name="Start again").click()
    lab.until("back at the start", lambda: moment(lab) == (0, 0))


def test_a_layer_is_chosen_by_keyboard_and_travels_by_link(visit: Visit):
    lab = open_lab(visit)
    layers = control(lab, "layer")
    layers.focus()
    lab.page.keyboard.press("ArrowDown")
    chosen = layers.input_value()
    assert chosen == "stage2.1"
    lab.until("the address holds the layer", lambda: lab.query().get("dream.layer") == chosen)
    control(lab, "octaves").fill("3")
    lab.until("and the octaves", lambda: lab.query().get("dream.octaves") == "3")
    lab.until("the stage follows", lambda: chosen in lab.panel("objective").inner_text())
    other = open_lab(visit, lab.page.url.split("?")[1])
    assert control(other, "layer").input_value() == chosen
    assert control(other, "octaves").input_value() == "3"
    other.until("the same wish", lambda: chosen in other.panel("objective").inner_text())
