"""Type an expression, drag a variable, step through both passes: the graph answers at once."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def open_lab(visit: Visit, query: str = "") -> Lab:
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/autodiff" + (f"?{query}" if query else ""))
    lab.panel("graph").locator("canvas").wait_for(timeout=30_000)
    lab.until("the trace is there", lambda: len(cells(lab)) > 0, 30)
    lab.settle("graph")
    return lab


def cells(lab: Lab) -> list[str]:
    return [text.strip() for text in lab.panel("trace").locator("td").all_inner_texts()]


def test_it_opens_with_the_lecture_and_a_dragged_leaf_moves_every_number(visit: Visit):
    lab = open_lab(visit)
    told = cells(lab)
    assert {"0.693", "10.000", "−0.959", "10.693", "11.652", "5.500", "1.716"} <= set(told)
    slider = lab.panel("leaves").get_by_label("x1", exact=True)
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + 0.7 * box["width"], y)
    lab.page.mouse.down()
    picture = lab.picture("graph")
    for share in (0.75, 0.8, 0.85):
        lab.page.mouse.move(box["x"] + share * box["width"], y)
        picture = lab.changes("graph", picture)  # and still the button is down
    lab.page.mouse.up()
    lab.until("the address holds the values", lambda: "autodiff.at" in lab.query())
    lab.until("the table has other numbers", lambda: cells(lab) != told)
    lab.page.wait_for_timeout(300)  # text is drawn when the frames pause
    told = cells(lab)
    other = open_lab(visit, lab.page.url.split("?")[1])
    assert cells(other) == told


def test_what_is_typed_is_traced_and_a_fault_points_at_its_character(visit: Visit):
    lab = open_lab(visit)
    entry = lab.panel("f").get_by_label("the expression")
    entry.fill("x*y + sin(x*y)")
    lab.until("two variables", lambda: lab.panel("leaves").locator(".sliders b").all_inner_texts()
              == ["x", "y"])  # fmt: skip
    before = lab.settle("graph")
    entry.press_sequentially(" + $")
    fault = lab.panel("f").locator(".fault")
    lab.until("a sentence", lambda: fault.inner_text().startswith("Character 18: "))
    lab.page.wait_for_timeout(600)  # the page has read the experiment
    assert entry.input_value() == "x*y + sin(x*y) + $"
    assert entry.evaluate("node => node.getRootNode().activeElement === node")
    entry.press("Backspace")
    entry.press_sequentially("1")
    lab.changes("graph", before)
    lab.until("no sentence", lambda: not fault.inner_text().strip())
    lab.until("in the address", lambda: lab.query().get("autodiff.f", "").endswith("+ 1"))


def test_the_trace_is_walked_and_a_node_is_inspected(visit: Visit):
    lab = open_lab(visit)
    end = lab.picture("graph")
    timeline = lab.page.locator(".timeline input")
    timeline.fill("2")
    picture = lab.changes("graph", end)
    note = lab.panel("graph").locator(".note")
    lab.until("the second step", lambda: "v2 = x1 × x2 = 10.000" in note.inner_text())
    lab.page.get_by_role("button", name="one moment on").click()
    lab.changes("graph", picture)
    lab.until("the third", lambda: "v3 = sin x2" in note.inner_text())
    lab.panel("trace").locator("tr.row").nth(3).click()
    title = lab.panel("in").locator("h3")
    lab.until("v2 is explained", lambda: "v2 = x1 × x2 = 2.000 × 5.000" in title.inner_text())
    lab.page.get_by_role("button", name="increment the inputs").click()
    timeline.fill("9")
    lab.until("increments", lambda: "add to the adjoints" in note.inner_text())
