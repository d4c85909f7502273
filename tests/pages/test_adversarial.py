"""The table's pair on its way to the stage, from either kind of picture."""

import pytest

from tests.pages.test_pages import open_page, session_of


@pytest.mark.parametrize("first", ["Drawing", "Photograph"])
def test_a_pair_of_the_table_is_turned_on_the_stage(first):
    at = open_page("vision/adversarial.py", {"adversarial.subject": first})
    assert session_of(at, "adversarial").experiment.subject.title == first
    click = {"panel": "turning", "kind": "click", "row": 3, "col": 1}
    session_of(at, "turning").experiment.receive(click)
    at.run()
    assert not at.exception
    lab = session_of(at, "adversarial").experiment
    assert lab.subject.title == "Drawing"
    assert "it said “3”, now “1”" in lab.frame().notes["say"]
    assert session_of(at, "turning").experiment.clicked_pair() is None
