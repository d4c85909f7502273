"""A walk by hand through every page: reload, back and forward show what was left.

With GLASSBOX_COMPLETE=1 three walks a page, which take minutes; else one on a few pages.
"""

import os
import random
from typing import Any
from urllib.parse import urlsplit

import pytest

from pages.catalogue import ENTRIES
from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e

COMPLETE = os.environ.get("GLASSBOX_COMPLETE") == "1"
PAGES = tuple(ENTRIES) if COMPLETE else ("neuron", "scenes")
WALKS = 3 if COMPLETE else 1
EVENTS = 6
ON = "[data-knob]:not(.idle)"  # a control that is not switched off by another
COARSE = 16  # of 255, by which a picture may differ that was laid out again
# What no address holds, as its page says: a game's searches, and who drove when it was left.
LEFT_OUT = '[data-panel="thought"], [data-panel="course"], [data-knob="driver"] *'
# The state of every control, and the pictures of stages in which nothing is trained, 12 x 12 pixels
# of each.  A drawing is in the address; its pad is left out, and so is what the hand points at.
STATE = """stages => stages.map(stage => [
  [...stage.querySelectorAll("[data-knob] input, .choice button, select")]
    .filter(e => !e.matches('LEFT_OUT')).map(e =>
      [e.value, e.getAttribute("aria-pressed"), e.disabled]),
  stage.querySelector(".transport") ? [] :
    [...stage.querySelectorAll("figure:not([data-kind=pad]):not([data-kind=arithmetic]) canvas")]
    .filter(e => !e.closest('LEFT_OUT')).map(canvas => {
      const small = new OffscreenCanvas(12, 12).getContext("2d");
      small.imageSmoothingQuality = "high";
      small.drawImage(canvas, 0, 0, 12, 12);
      return [...small.getImageData(0, 0, 12, 12).data];
    }),
])""".replace("LEFT_OUT", LEFT_OUT)


@pytest.mark.timeout(1800 if COMPLETE else 120)
@pytest.mark.parametrize("name", PAGES)
def test_a_walk_is_still_there_after_reload_back_and_forward(visit: Visit, name: str, subtests):
    for seed in range(WALKS):
        with subtests.test(f"walk {seed}"):
            lab = visit(opened=False, viewport={"width": 1440, "height": 3000})
            lab.page.goto(f"{lab.server}/terms")
            opened(lab, name)
            walk(lab, random.Random(f"{name} {seed}"))
            left = rested(lab)
            lab.page.reload()
            same(lab, left, "after a reload")
            lab.page.goto(f"{lab.server}/terms")
            lab.page.go_back()
            same(lab, left, "after a page back")
            lab.page.go_back()
            lab.page.go_forward()
            same(lab, left, "after a page forward")
            lab.page.context.close()


def test_back_leads_to_the_part_that_was_left(visit: Visit):
    lab = visit(opened=False).open(path="language")
    lab.page.get_by_role("radio", name="n-grams").click()
    lab.page.get_by_role("heading", name="Counting", exact=True).wait_for()
    lab.page.locator('[data-testid="stSidebarNav"] a', has_text="Terms").click()
    lab.page.get_by_role("heading", name="Terms", exact=True).wait_for()
    lab.page.go_back()
    lab.page.get_by_role("heading", name="Counting", exact=True).wait_for()
    lab.until("the address", lambda: lab.query().get("language.part") == "n-grams")
    back_to(lab, "Networks")


def test_the_sidebar_leads_to_the_part_that_was_left_and_so_does_back_from_there(visit: Visit):
    lab = visit(opened=False).open(path="language")
    left = {"Language": ("memory", "Memory"), "Translation": ("length", "Length")}
    for page in ("Language", "Translation", "Language", "Translation"):
        sidebar(lab, page)
        part, title = left[page]
        lab.page.get_by_role("radio", name=part, exact=True).click()  # the second time it is chosen
        there(lab, page, part, title)
    back_to(lab, "Memory")
    there(lab, "Language", *left["Language"])


def test_a_stage_says_nothing_of_a_page_that_was_left(visit: Visit):
    lab = visit(opened=False).open(path="neuron")
    lab.page.evaluate("history.pushState(null, '', '/terms')")  # as Streamlit does before it draws
    knob = lab.page.locator(".stage [data-knob] input[type=range]:enabled:visible").first
    knob.fill(knob.get_attribute("max"))
    knob.dispatch_event("change")
    lab.page.wait_for_timeout(1500)
    assert not lab.query()


def back_to(lab: Lab, title: str) -> None:
    """Go back to a part of a page, past entries of the history that Streamlit leaves."""
    heading = lab.page.get_by_role("heading", name=title, exact=True)
    for _ in range(3):
        if not heading.is_visible():
            lab.page.go_back()
            lab.page.wait_for_timeout(1500)
    heading.wait_for()


def sidebar(lab: Lab, page: str) -> None:
    """Go to a page by the sidebar."""
    lab.page.locator('[data-testid="stSidebarNav"] a', has_text=page).click()
    lab.until("the page", lambda: urlsplit(lab.page.url).path == f"/{page.lower()}")


def there(lab: Lab, page: str, part: str, title: str) -> None:
    """Wait until a part of a page is shown, and its address says so."""
    lab.page.get_by_role("heading", name=title, exact=True).wait_for()
    lab.page.locator(".stage[data-version]").first.wait_for()
    lab.until("the address", lambda: lab.query().get(f"{page.lower()}.part") == part)


def opened(lab: Lab, name: str) -> None:
    """Open a page and wait for its first frame."""
    lab.page.goto(f"{lab.server}/{name}")
    lab.page.locator(".stage[data-version]").first.wait_for(timeout=30_000)


def walk(lab: Lab, rng: random.Random) -> None:
    """Turn a few knobs, press a few choices, draw a few strokes where the page takes them."""
    for _ in range(EVENTS):
        knobs = lab.page.locator(f".stage {ON} input[type=range]:enabled:visible").all()
        choices = lab.page.locator(f".stage {ON} .choice button:enabled:visible").all()
        pads = lab.page.locator(".stage .pad canvas:visible, [data-panel=x] canvas:visible").all()
        kind = rng.choice([k for k in (knobs, choices, pads[:1]) if k])
        hand = rng.choice(kind)
        hand.scroll_into_view_if_needed()
        if not hand.is_enabled():  # by what was turned just now
            continue
        if kind is knobs:
            low, high = (float(hand.get_attribute(side)) for side in ("min", "max"))
            step = float(hand.get_attribute("step") or 1)
            steps = round((high - low) / step) if step else 0
            hand.fill(f"{low + step * rng.randint(0, steps):g}")
            hand.dispatch_event("change")
        elif kind is choices:
            hand.click()
        else:
            stroke(lab, hand, rng)
        lab.page.wait_for_timeout(250)
    lab.page.mouse.move(2, 2)  # what it rests on is looked at, and no link says so


def stroke(lab: Lab, pad: Any, rng: random.Random) -> None:
    """Draw a line with the mouse."""
    box, mouse = pad.bounding_box(), lab.page.mouse
    for i in range(8):
        x, y = (rng.uniform(0.2, 0.8) for _ in range(2))
        mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if i == 0:
            mouse.down()
    mouse.up()


def rested(lab: Lab) -> tuple:
    """Return the address and the stages once they have stood still for a second."""
    before, now = None, None
    for _ in range(30):
        lab.page.wait_for_timeout(1000)
        before, now = now, state(lab)
        if before == now:
            return now
    return now


def state(lab: Lab) -> tuple:
    """Return the address, and what the stages hold."""
    return lab.query(), lab.page.locator(".stage[data-version]").evaluate_all(STATE)


def same(lab: Lab, left: tuple, when: str) -> None:
    """Wait until the page is as it was left."""
    lab.page.locator(".stage[data-version]").first.wait_for(timeout=30_000)
    address, stages = left
    lab.until(f"the address {when}", lambda: lab.query() == address, 10)
    lab.until(f"the stage {when}", lambda: alike(state(lab)[1], stages), 20)


def alike(now: list, left: list) -> bool:
    """Whether controls are equal, and pictures nearly."""
    if [controls for controls, _ in now] != [controls for controls, _ in left]:
        return False
    pictures = [[p for _, some in stages for p in some] for stages in (now, left)]
    return len(pictures[0]) == len(pictures[1]) and all(
        abs(a - b) <= COARSE
        for one, other in zip(*pictures, strict=True)
        for a, b in zip(one, other, strict=True)
    )
