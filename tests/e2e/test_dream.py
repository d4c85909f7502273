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
    cards = lab.page.locator('[data-card="wish"], [data-card="climbing"], [data-card="where"]')
    return cards.get_by_label(label, exact=True)


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
    lab.until("the past is shown", lambda: moment(lab) == (2, count))
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


def drag(lab: Lab, panel: str, *path: tuple[float, float]) -> None:
    """Draw one stroke on a pad."""
    lab.panel(panel).scroll_into_view_if_needed()
    lab.page.mouse.move(*lab.place(*path[0], panel))
    lab.page.mouse.down()
    for at in path[1:]:
        lab.page.mouse.move(*lab.place(*at, panel))
    lab.page.mouse.up()


def test_two_regions_painted_on_the_photograph_and_a_picture_to_resemble(visit: Visit):
    lab = open_lab(visit)
    outside = control(lab, "outside")
    lab.until("nothing is painted, so there is no outside", lambda: "idle" in classes(outside))
    drag(lab, "mask", (0.2, 0.2), (0.5, 0.5), (0.8, 0.8))
    lab.until("it is said where it dreams", lambda: "blue" in lab.panel("mask").inner_text())
    lab.until("now there is an outside", lambda: "idle" not in classes(outside))
    outside.select_option("stage3.0")
    lab.until("the address holds both", lambda: {"dream.mask", "dream.outside"} <= {*lab.query()})
    before = lab.picture("dream")
    play(lab)
    lab.changes("dream", before, 15)
    play(lab)
    lab.settle("dream", 0.8)
    lab.panel("guides").scroll_into_view_if_needed()
    lab.page.mouse.click(*lab.place(1.5 / 7, 0.5, "guides"))
    lab.until("it shall resemble the flower", lambda: "flower" in lab.panel("guides").inner_text())
    lab.until("so says the address", lambda: lab.query().get("dream.guide") == "flower")


def classes(control: Locator) -> str:
    return control.locator("xpath=ancestor::label[1]").get_attribute("class") or ""


def test_the_neurons_begin_when_they_are_seen_and_one_is_looked_at_closely(visit: Visit):
    lab = open_lab(visit)
    sheet = lab.panel("sheet")
    sheet.scroll_into_view_if_needed()
    before = lab.picture("neuron")
    lab.changes("neuron", before, 20)  # it began by itself
    sheet.scroll_into_view_if_needed()
    lab.page.mouse.click(*lab.place(2.5 / 16, 0.1, "sheet"))
    lab.until("channel 2 it is", lambda: "channel 2," in lab.panel("neuron").inner_text(), 10)
