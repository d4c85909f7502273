"""Drag the start and six balls race; a knob moves them while it is dragged; play goes on."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def open_lab(visit: Visit, query: str = "") -> Lab:
    lab = visit(opened=False)
    lab.page.goto(f"{lab.server}/optimizers" + (f"?{query}" if query else ""))
    lab.canvas("surface").wait_for(timeout=30_000)
    lab.until("the balls stand", lambda: len(rows(lab)) == 6, 30)
    lab.settle("surface")
    return lab


def rows(lab: Lab) -> list[str]:
    return lab.panel("standings").locator("tbody tr").all_inner_texts()


def test_the_start_is_dragged_and_travels_by_link(visit: Visit):
    lab = open_lab(visit)
    picture = lab.settle("surface")
    lab.page.mouse.move(*lab.place(0.3, 0.3, "surface"))
    lab.page.mouse.down()
    for share in (0.4, 0.5, 0.6):
        lab.page.mouse.move(*lab.place(share, 0.3, "surface"))
        picture = lab.changes("surface", picture)
    lab.page.mouse.up()
    lab.until("the address holds the race", lambda: "optimizers.race" in lab.query())
    lab.page.wait_for_timeout(600)
    told = rows(lab)
    other = open_lab(visit, lab.page.url.split("?")[1])
    other.until("the same race", lambda: rows(other) == told)


def test_a_rate_above_its_limit_diverges_and_says_so(visit: Visit):
    lab = open_lab(visit)
    lab.panel("standings").locator("tr.row").first.click()
    title = lab.panel("explanation").locator("h3")
    lab.until("SGD is explained", lambda: title.inner_text().startswith("SGD"))
    slider = lab.card("race").get_by_label("SGD η")
    slider.fill("950")
    lab.until("diverged", lambda: "diverged" in rows(lab)[0])
    assert "ran away at step" in lab.panel("explanation").inner_text()
    assert not any("diverged" in row for row in rows(lab)[3:])


def test_play_steps_and_pauses(visit: Visit):
    lab = open_lab(visit)
    note = lab.panel("surface").locator(".note")
    assert note.inner_text().startswith("step 40")
    lab.page.get_by_role("button", name="step", exact=True).click()
    lab.until("one more", lambda: note.inner_text().startswith("step 41"))
    lab.page.get_by_role("button", name="Back to the start").click()
    lab.until("none", lambda: note.inner_text().startswith("step 0"))
    lab.page.locator(".transport .play").click()
    lab.until("it runs", lambda: int(note.inner_text().split()[1]) > 5)
    lab.page.locator(".transport .play").click()
