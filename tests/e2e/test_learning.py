"""Watch it learn: play, pause, one step, until, and the same weights again."""

import re

import pytest

from tests.e2e.lab import Lab

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def start(lab: Lab) -> str:
    """The kernels before the first step."""
    lab.card("learning").scroll_into_view_if_needed()
    lab.page.locator('[data-card="learning"] .bar.top').wait_for()
    return lab.settle("learned1")


def steps(lab: Lab) -> int:
    text = lab.card("learning").locator(".transport output").inner_text()
    return int(re.sub(r"\D", "", text))


def button(lab: Lab, name: str):
    return lab.card("learning").get_by_role("button", name=name, exact=True)


def test_play_and_pause(lab: Lab, start: str):
    assert steps(lab) == 0
    loss = lab.picture("loss")
    button(lab, "play").click()
    lab.until("steps are taken", lambda: steps(lab) > 20, 15)
    loss = lab.changes("loss", loss)
    lab.changes("loss", loss)
    button(lab, "pause").click()
    button(lab, "play").wait_for()
    lab.settle("loss")
    rest = steps(lab)
    lab.page.wait_for_timeout(600)
    assert steps(lab) == rest
    assert lab.picture("learned1") != start


def test_one_step(lab: Lab, start: str):
    before = steps(lab)
    for n in (1, 2):
        button(lab, "step").click()
        lab.until("one step", lambda n=n: steps(lab) == before + n)
    lab.page.wait_for_timeout(300)
    assert steps(lab) == before + 2


def test_until(lab: Lab, start: str):
    goal = steps(lab) + 25
    field = lab.card("learning").get_by_label("pause at step")
    field.fill(str(goal))
    field.press("Tab")
    button(lab, "play").click()
    lab.until("the goal", lambda: steps(lab) == goal, 15)
    button(lab, "play").wait_for()
    lab.page.wait_for_timeout(400)
    assert steps(lab) == goal


def test_same_weights_again(lab: Lab, start: str):
    field = lab.card("learning").get_by_label("pause at step")
    field.fill("")
    field.press("Tab")
    assert lab.picture("learned1") != start
    button(lab, "Same weights again").click()
    lab.until("the first weights", lambda: lab.picture("learned1") == start)
    lab.until("the count begins again", lambda: steps(lab) == 0)


def test_same_weights_learn_the_same(lab: Lab, start: str):
    pictures = []
    for _ in range(2):
        button(lab, "Same weights again").click()
        lab.until("the first weights", lambda: lab.picture("learned1") == start)
        before = steps(lab)
        for n in range(1, 4):
            button(lab, "step").click()
            lab.until("a step", lambda n=n, before=before: steps(lab) == before + n)
        pictures.append(lab.settle("learned1"))
    assert pictures[0] == pictures[1] != start


def test_new_weights(lab: Lab, start: str):
    before = lab.settle("learned1")
    button(lab, "New weights").click()
    assert lab.changes("learned1", before) != start


def test_a_wild_learning_rate_is_explained(lab: Lab, start: str):
    lab.card("learning").get_by_label("learning rate").fill("1000")
    button(lab, "Same weights again").click()
    button(lab, "play").click()
    note = lab.panel("loss").locator(".note")
    lab.until(
        "the page says why it stopped",
        lambda: "learning rate" in note.inner_text() or steps(lab) > 400,
        30,
    )
    if "learning rate" in note.inner_text():
        button(lab, "play").wait_for()  # it has stopped by itself
    else:
        button(lab, "pause").click()
    assert lab.page.locator('[data-testid="stException"]').count() == 0


def test_it_reads_your_drawing(lab: Lab, start: str):
    lab.card("learning").get_by_label("learning rate").fill("500")
    button(lab, "Same weights again").click()
    lab.until("fresh weights", lambda: "learning rate" not in lab.panel("loss").inner_text())
    before = lab.settle("learning1")
    lab.panel("x").scroll_into_view_if_needed()
    lab.press("sample 1")
    lab.until("read", lambda: lab.top() == "1")
    lab.page.locator('[data-card="learning"]').scroll_into_view_if_needed()
    lab.changes("learning1", before)
