"""The lecture's ten: its numbers, its settings, and both columns."""

import pytest

from labs.basics.search.lecture import SLIDE, Ten, _ranks, settings


def test_the_settings_lie_in_the_slides_ranges():
    for row in SLIDE:
        known = settings(row)
        assert 1e-3 <= known["learning_rate"] <= 1e-1
        assert 1e-6 <= known["l2"] <= 1e-1
        assert 10 <= known["hidden"] <= 1000
    assert settings(SLIDE[0])["hidden"] == 50
    assert SLIDE[8][3] == min(row[3] for row in SLIDE) == 0.0242


def test_ten_trainings_end_in_much_the_same_order():
    lab = Ten()
    lab.receive({"setting": "epochs", "value": 3})
    steps = 0
    while lab.step():
        steps += 1
    assert steps == 30
    rows = lab.frame().notes["slide"]["rows"]
    assert [row[4] for row in rows[:2]] == ["0.0577", "0.1820"]
    assert [float(row[6]) for row in rows] == pytest.approx(lab.ours(), abs=6e-4)
    assert lab.agreement() > 0


def test_ranks():
    assert _ranks([0.3, 0.1, float("nan"), 0.2]) == [3, 1, 0, 2]
