"""The tables of who stands: quick cells are made here, the others by workers."""

import pytest

from labs.vision.adversarial import robustness
from labs.vision.adversarial.accuracy import Cell
from labs.vision.adversarial.robustness import Robustness


@pytest.fixture
def lab(monkeypatch) -> Robustness:
    """A table whose cells are their budgets, in sight."""
    monkeypatch.setattr(robustness, "share", lambda cell: cell.eps)
    lab = Robustness()
    lab.receive({"setting": "visible", "value": ["standing"]})
    return lab


def test_quick_cells_are_made_here_as_soon_as_they_are_seen(lab, monkeypatch):
    monkeypatch.setattr("labs.cluster.submit", lambda *args, owner: pytest.fail("a worker"))
    assert Robustness().eager is False  # out of sight
    assert lab.eager
    while lab.step():
        pass
    assert not lab.eager
    assert not lab.left
    lines = lab.show().values["standing"]
    assert lines.shape == (1 + len(lab.nets), 9)
    assert lines[1].tolist() == pytest.approx([e / 255 for e in lines[0].tolist()], abs=1e-6)


def test_what_takes_long_is_begun_by_who_asks_for_it(lab):
    while lab.step():
        pass
    lab.settings["attack"] = "PGD-10"
    assert not lab.eager
    lab.settings["attack"] = "FGSM"
    lab.receive({"setting": "attack", "value": "PGD-10"})
    assert lab.eager


def test_another_table_gives_up_what_the_last_one_had_in_line(lab):
    lab.calls.trouble = "nobody is here"  # calls are then made one at a step
    lab.receive({"setting": "attack", "value": "PGD-10"})
    assert lab.step()
    assert (len(lab.shares), len(lab.calls)) == (1, len(lab.table) - 1)
    assert "nobody is here; made in the server" in lab.show().notes["titles"]["standing"]
    lab.receive({"setting": "attack", "value": "universal"})
    assert len(lab.calls) == 0
    assert all(isinstance(cell, Cell) and cell.line == "PGD-10" for cell in lab.shares)
    lab.receive({"setting": "again"})
    assert lab.shares == {}
