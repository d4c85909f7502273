"""Fool it, as a visitor does: drag, draw, choose, scrub."""

import re

import pytest

from labs.vision.adversarial.attacks import ATTACKS
from tests.e2e.conftest import Visit
from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


def opened(visit: Visit, query: str = "", **view) -> Lab:
    lab = visit(opened=False, **view)
    lab.page.goto(f"{lab.server}/adversarial" + (f"?{query}" if query else ""))
    lab.page.locator('[data-panel="after"] .bar.top').first.wait_for(timeout=30_000)
    lab.settle("adversarial")
    return lab


def says(lab: Lab) -> str:
    return lab.panel("facts").locator(".said").inner_text()


def drag(lab: Lab, knob: str, value: float) -> None:
    lab.page.locator(f'[data-knob="{knob}"] input').fill(str(value))


def test_dragging_epsilon_fools_and_relents(visit: Visit):
    lab = opened(visit)
    assert "Fooled by FGSM" in says(lab)
    before = lab.picture("adversarial")
    drag(lab, "eps_linf", 5)
    lab.changes("adversarial", before)
    lab.until("it is not fooled", lambda: "Not fooled" in says(lab))
    assert lab.panel("after").locator(".bar.top .label").inner_text() == "8"
    lab.until("the address follows", lambda: lab.query().get("adversarial.eps_linf") == "5")
    lab.page.get_by_role("button", name="To the smallest that fools").click()
    lab.until("it is fooled", lambda: says(lab).startswith("Fooled"))
    assert lab.page.locator('[data-knob="eps_linf"] .found').is_visible()


def test_every_stroke_is_attacked(visit: Visit):
    lab = opened(visit, "adversarial.attack=pgd&adversarial.eps_linf=60")
    before = lab.settle("adversarial")
    lab.pen([(0.5, 0.1 + 0.08 * i) for i in range(11)], lift=False)
    lab.changes("adversarial", before)  # the pen is still down
    lab.page.mouse.up()
    lab.until("it was read as a 1", lambda: "said “1”" in says(lab))


def test_a_slow_attack_sets_out_by_itself(visit: Visit):
    lab = opened(visit)
    lab.page.locator('[data-knob="attack"] select').select_option("carlini_wagner")
    count = lab.page.locator('[data-knob="moments"] output')
    lab.until("steps are taken", lambda: int(count.inner_text().split("/")[1]) > 5, 20)
    assert lab.page.locator('[data-knob="confidence"]').is_visible()
    assert not lab.page.locator('[data-knob="eps_linf"]').is_visible()
    assert not lab.page.locator('[data-knob="least"]').is_visible()
    track = lab.page.locator('[data-knob="moments"] .track')
    within = "track => track.firstChild.clientWidth <= track.clientWidth"
    lab.until("the strip has found its new width", lambda: track.evaluate(within))
    lab.until(
        "it says how far it is", lambda: f"of at most {ATTACKS['carlini_wagner'].most}" in says(lab)
    )


def test_a_cell_of_the_table_comes_to_the_stage(visit: Visit):
    lab = opened(visit)
    lab.canvas("turning").scroll_into_view_if_needed()
    note = lab.panel("turning").locator(".note")
    lab.until("a round is done", lambda: re.search("round [1-7]", note.inner_text()), 40)
    cell = (30 + 2) / (2 * 14 + 2 + 10 * 32)  # of 350 pixels in width and height, both with titles
    lab.page.mouse.click(*lab.place(30 / 350 + 1.5 * cell, 30 / 350 + 3.5 * cell, "turning"))
    lab.until("the stage has the pair", lambda: "it said “3”, now “1”" in says(lab), 20)
    lab.until("and the address", lambda: lab.query().get("adversarial.target") == "1")
    assert lab.query()["adversarial.attack"] == "pgd"
    assert "adversarial.x" in lab.query()


def test_a_link_shows_the_same(visit: Visit):
    lab = opened(visit, "adversarial.attack=pgd")
    lab.press("sample 4")
    lab.until("it is a four", lambda: "said “4”" in says(lab))
    drag(lab, "eps_linf", 44)
    lab.until("the address follows", lambda: lab.query().get("adversarial.eps_linf") == "44")
    lab.until("so does the drawing", lambda: "adversarial.x" in lab.query())
    lab.until("and the verdict", lambda: "ε = 44/255" in says(lab))
    verdict, picture = says(lab), lab.settle("adversarial")
    other = opened(visit, lab.page.url.split("?")[1])
    other.until("the same verdict", lambda: says(other) == verdict)
    assert other.settle("adversarial") == picture


def test_a_photograph_from_a_link(visit: Visit):
    lab = opened(visit, "adversarial.subject=Photograph&adversarial.eps_linf=0")
    assert lab.panel("before").locator(".bar.top .label").inner_text() == "espresso"
    assert "espresso" in says(lab)


def test_a_phone_shows_all_of_it(visit: Visit):
    lab = opened(visit, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wide = lab.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
                 .map(e => e.scrollWidth - e.clientWidth)"""
    )
    assert wide == [0, 0]
    beyond = lab.page.locator(".card canvas, .card button, .card input").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > 390.5).map(e => e.outerHTML)"
    )
    assert not beyond
