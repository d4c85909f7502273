"""A lecture in the browser: from stop to stop by a clicker, and one of the visitor's own."""

import pytest

from labs import lectures
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.e2e


def test_a_clicker_goes_from_stop_to_stop_and_each_shows_its_state(visit: Visit):
    stops = lectures.load("uw").stops
    lab = visit(opened=False).open("neuron.kind=logistic&lecture=uw&stop=4", path="approximation")
    given = "localStorage.getItem('glassbox.lecture.at')"
    last = next(at for at, stop in enumerate(stops, 1) if stop.title == "XNOR from three units")
    for at in range(5, last + 1):  # states of one page
        before = f"uw {at - 1}"
        lab.until("its keys are there", lambda b=before: lab.page.evaluate(given) == b, 15)
        lab.page.keyboard.press("PageDown")
        lab.until("the next stop", lambda at=at: lab.query().get("stop") == str(at), 15)
        lab.page.locator(".stage[data-version]").first.wait_for()
        lab.page.get_by_text(stops[at - 1].title).wait_for()
        said = {k: v for k, v in lab.query().items() if k.startswith("neuron.")}
        assert said == {k: v for k, v in stops[at - 1].settings.items() if k in said}
    card = lab.card("layers")  # which the last stop is about
    lab.until(
        "the card is in sight", lambda: card.bounding_box()["y"] < lab.page.viewport_size["height"]
    )
    lab.until("its keys are there", lambda: lab.page.evaluate(given) == f"uw {last}", 15)
    lab.page.keyboard.press("PageUp")
    lab.until("the stop before", lambda: lab.query().get("stop") == str(last - 1), 15)


def test_a_lecture_of_one_s_own(visit: Visit):
    lab = visit(opened=False).open(path="neuron")
    lab.page.get_by_role("button", name="Share").click()
    lab.page.get_by_role("button", name="Add to my lecture").click()
    lab.page.get_by_text("My lecture has 1 stop").click()
    lab.page.get_by_text("Title of the stop").wait_for()
