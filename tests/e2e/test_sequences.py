"""Language and names as a visitor finds them: text streams, typing is answered, clicks explain."""

import re
import time

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def opened(visit: Visit, path: str, panel: str, **view) -> Lab:
    """Open a page of this section and wait until a panel has something to say."""
    lab = visit(opened=False, **view).open(path=path)
    lab.panel(panel).locator(".bar .number", has_text="%").first.wait_for(timeout=30_000)
    return lab


def written(lab: Lab) -> int:
    """Return how many characters the transport has counted."""
    text = lab.card("writing").locator(".transport output").inner_text()
    return int(re.sub(r"\D", "", text))


def note(lab: Lab, panel: str) -> str:
    """Return the line under a panel's title."""
    return lab.panel(panel).locator(".note").inner_text()


def first(lab: Lab, panel: str) -> str:
    """Return the label of a panel's first row."""
    return lab.panel(panel).locator(".bar .label").first.inner_text()


def test_text_streams_and_the_controls_stay_alive(visit: Visit):
    lab = opened(visit, "language", "odds")
    before, ahead = lab.settle("page"), written(lab)
    lab.card("writing").get_by_role("button", name="play", exact=True).click()
    lab.until("text streams", lambda: written(lab) > ahead + 300, 20)
    lab.changes("page", before)
    slider = lab.card("writing").locator('[data-knob="temperature"] input')
    slider.fill("0")
    lab.until(
        "the likeliest character takes all",
        lambda: lab.panel("odds").locator(".bar .number").first.inner_text() == "100.0 %",
    )
    lab.card("writing").get_by_role("button", name="pause", exact=True).click()
    time.sleep(0.3)
    count = written(lab)
    lab.page.wait_for_timeout(500)
    assert written(lab) == count


def test_typing_clicking_and_brushing(visit: Visit):
    lab = opened(visit, "language", "odds")
    lab.panel("page").locator("textarea").fill("ROMEO:\nO Romeo, Romeo!\nROMEO:\n")
    lab.until("the page is read", lambda: note(lab, "page").startswith("30 characters"))
    lab.panel("odds").locator(".bar").first.click()
    lab.until("the click is written", lambda: note(lab, "page").startswith("31 characters"))
    lab.page.mouse.click(*at(lab, 0, 3))
    lab.until("the click is answered", lambda: "“E” came" in note(lab, "odds"))
    assert first(lab, "odds").strip()
    lab.page.mouse.move(*at(lab, 0, 0))
    lab.page.mouse.down()
    lab.page.mouse.move(*at(lab, 0, 4), steps=4)
    lab.page.mouse.up()
    select = lab.card("inside").locator('[data-knob="color"] select')
    lab.until("the brush colours", lambda: select.input_value() == "alike")
    lab.panel("page").locator("textarea").fill("שלום 👩‍👩‍👧‍👦\nx")
    lab.until("it is read", lambda: "outside the alphabet" in note(lab, "page"))
    wide = (lab.canvas("page").bounding_box()["width"] - 12) / 8.43
    lab.page.mouse.click(*at(lab, 0, round(wide) - 1))
    lab.until("the first letter stands at the right", lambda: "“ש” came" in note(lab, "odds"))


MIXED = (
    "שלום עולם! The number 3.14 is π: רק 42.", "مرحبا بالعالم abc 123 كتاب", "a, b",
    "English with עברית 12,5% inside, and العربية.", "٣٤,٥ من 100$ + 7-8", "ה+1 -2 a-ב",
)  # fmt: skip
PLACES = """async (text) => {
  const { Ruler, arrange } = await import(location.origin + "/stage/text/layout.js");
  const { FONT } = await import(location.origin + "/stage/text/paint.js");
  const css = await (await fetch(location.origin + "/stage/stage.css")).text();
  document.body.innerHTML = `<style>${css}</style><div class="text"></div><p dir="auto"
    style='white-space: pre; width: 900px; font: 16px ${FONT}'></p>`;
  const [holder, block] = document.body.querySelectorAll("div, p");
  const node = block.appendChild(document.createTextNode(text));
  const middle = (i) => {
    const range = document.createRange();
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const { left, right } = range.getBoundingClientRect();
    return left + right;
  };
  const context = document.createElement("canvas").getContext("2d");
  context.font = `16px ${FONT}`;
  const ruler = new Ruler();
  holder.append(ruler.element);
  ruler.resize(900, 16, 24);
  const characters = Array.from(text);
  const { x, width, runs } = arrange(characters, 90, context.measureText("0").width, ruler);
  const each = characters.map((_, i) => i);
  const sorted = (key) => each.slice().sort((a, b) => key(a) - key(b)).map((i) => characters[i]);
  const off = context.measureText(text).width - width.reduce((sum, wide) => sum + wide, 0);
  return [sorted((i) => x[i]).join(""), sorted(middle).join(""), x[0] > 450,
          getComputedStyle(block).direction === "rtl", off, runs.length];
}"""


def test_text_from_the_right_stands_as_the_browser_itself_would_set_it(visit: Visit):
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/_stcore/health")
    for text in MIXED:
        ours, browsers, from_right, right, off, runs = lab.page.evaluate(PLACES, text)
        assert ours == browsers
        assert from_right == right
        assert abs(off) < 1  # what is written at once is as wide as the places that were measured
        assert runs == 1


def at(lab: Lab, row: int, column: int) -> tuple[float, float]:
    """Return the screen's place of a character on the page."""
    box = lab.canvas("page").bounding_box()
    return box["x"] + 6 + (column + 0.5) * 8.43, box["y"] + (row + 0.5) * 21


def test_the_cows_and_the_die(visit: Visit):
    lab = visit(opened=False).open("language.part=n-grams", "language")
    rows = lab.panel("die").locator(".bar .number")
    counts = ["4/11", "3/11", "2/11"]
    lab.until("counted", lambda: [n.split(" = ")[0] for n in rows.all_inner_texts()[:3]] == counts)
    left, right = lab.panel("rolled").bounding_box(), lab.panel("die").bounding_box()
    filled = right["x"] + right["width"] - left["x"]
    assert filled > 0.98 * lab.card("dice").locator(".columns").bounding_box()["width"]
    cut = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).length"
    assert lab.panel("die").locator(".label").evaluate_all(cut) == 0
    lab.card("dice").get_by_role("button", name="roll", exact=True).click()
    lab.until("rolled", lambda: "cows eat" not in note(lab, "die").split("(")[0])


def test_eigenvalues_move_with_the_radius(visit: Visit):
    lab = visit(opened=False).open("language.part=memory", "language")
    lab.until("drawn", lambda: "matrix W 0.90" in note(lab, "untrained.plane"), 30)
    before = lab.picture("untrained.plane"), lab.picture("untrained")
    lab.card("untrained").locator('[data-knob="radius"] input').fill("2.5")
    lab.until("scaled", lambda: "matrix W 2.50" in note(lab, "untrained.plane"))
    lab.changes("untrained.plane", before[0])
    lab.changes("untrained", before[1])
    lab.until("it explodes", lambda: lab.card("challenges").locator(".done").count() == 1)
    lab.card("untrained").get_by_role("button", name="LSTM").click()
    lab.until("it has no matrix", lambda: "matrix" not in note(lab, "untrained.plane"))


def test_a_name_letter_by_letter(visit: Visit):
    lab = opened(visit, "names", "both")
    box = lab.panel("letters").locator("textarea")
    box.fill("Papadopoulos")
    lab.until("Greek", lambda: first(lab, "both") == "Greek")
    box.fill("O'Neill")
    lab.until("Irish", lambda: first(lab, "both") == "Irish")
    box.fill("")
    lab.until("nothing is nothing", lambda: "type a name" in lab.panel("both").inner_text())


@pytest.mark.parametrize("path", ["language", "names"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit, path: str):
    panel = "odds" if path == "language" else "both"
    lab = opened(visit, path, panel, viewport={"width": 390, "height": 844})
    width = "document.documentElement.scrollWidth"
    assert lab.page.evaluate(width) <= 390
    cards = lab.page.locator(".card").all()
    assert all(card.bounding_box()["width"] <= 390 for card in cards)
