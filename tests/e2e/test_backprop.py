"""Walk the passes, drag a weight, click an edge: diagram, matrices and table follow."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def open_lab(visit: Visit, query: str = "") -> Lab:
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/backprop" + (f"?{query}" if query else ""))
    lab.canvas("diagram").wait_for(timeout=30_000)
    lab.until("the table is there", lambda: len(table(lab)) > 4, 30)
    lab.settle("diagram")
    return lab


def table(lab: Lab) -> list[str]:
    return [text.strip() for text in lab.panel("table").locator("td").all_inner_texts()]


def test_a_weight_is_dragged_and_travels_by_link(visit: Visit):
    lab = open_lab(visit)
    lab.canvas("W1").scroll_into_view_if_needed()
    picture, told = lab.settle("diagram"), table(lab)
    x, y = lab.place(0.5, 0.25, "W1")
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for i in range(1, 4):
        lab.page.mouse.move(x, y - 12 * i)
        picture = lab.changes("diagram", picture)
    lab.page.mouse.up()
    lab.until("the address holds the weights", lambda: "backprop.w" in lab.query())
    lab.until("other numbers", lambda: table(lab) != told)
    lab.page.wait_for_timeout(400)
    told = table(lab)
    other = open_lab(visit, lab.page.url.split("?")[1])
    other.until("the same numbers", lambda: table(other) == told)


def test_the_passes_are_walked_and_an_edge_shows_its_paths(visit: Visit):
    lab = open_lab(visit, "backprop.preset=recursion")
    end = lab.picture("diagram")
    lab.page.locator(".timeline input").fill("1")
    lab.changes("diagram", end)
    formula = lab.panel("formula").locator("h3")
    lab.until("the first step", lambda: "W₁z₁ + b₁" in formula.inner_text())
    lab.page.locator(".timeline input").fill("8")
    lab.until("the way back", lambda: "g₄ = derivative of squared" in formula.inner_text())
    lab.page.get_by_role("button", name="J, y, b, z, a").click()
    lab.until("other names", lambda: "∂J/∂y" in formula.inner_text())
    lab.canvas("diagram").focus()
    lab.page.keyboard.press("ArrowRight")
    paths = lab.panel("paths")
    lab.until("paths to a bias", lambda: "bias" in paths.locator("h3").inner_text())


def test_an_address_is_written_once_a_second_while_a_net_trains_and_when_it_pauses(visit: Visit):
    lab = open_lab(visit, "backprop.pace=updates&backprop.batch=all")
    lab.page.evaluate("""() => {
        const write = history.replaceState;
        window.writes = 0;
        history.replaceState = (...to) => { window.writes += 1; write.apply(history, to); };
    }""")
    lab.page.get_by_label("speed", exact=True).select_option("")
    lab.page.get_by_role("button", name="play", exact=True).click()
    lab.until("the weights are in the address", lambda: "backprop.w" in lab.query())
    lab.page.evaluate("window.writes = 0")
    lab.page.wait_for_timeout(4000)
    assert 2 <= lab.page.evaluate("window.writes") <= 6  # some browsers refuse three a second
    lab.page.get_by_role("button", name="pause", exact=True).click()
    lab.page.wait_for_timeout(1500)
    told = table(lab)
    other = open_lab(visit, lab.page.url.split("?")[1])
    assert table(other) == told
