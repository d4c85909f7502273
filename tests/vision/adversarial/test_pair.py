"""The table's pairs, and how one comes to the stage; what a lab keeps."""

import pytest
import torch

from labs.live.frame import encode
from labs.vision.adversarial import Adversarial, survival
from labs.vision.adversarial import defence as defending
from labs.vision.adversarial.defence import Defence
from labs.vision.adversarial.pair import Pair, attacked
from labs.vision.adversarial.smallest import Search
from labs.vision.adversarial.subjects import sample_digits
from labs.vision.adversarial.turning import LIMIT, ROUNDS, Turning
from tests.sentences import is_one_sentence
from tests.vision.adversarial.hand import met
from tests.vision.adversarial.test_rest import small_split


@pytest.fixture(scope="module")
def table() -> Turning:
    table = Turning()
    while table.step():
        pass
    return table


def click(table: Turning, row: object, col: object) -> None:
    table.receive({"panel": "turning", "kind": "click", "row": row, "col": col})


def test_the_table_of_digits(table):
    assert table.count == 10 * (ROUNDS + 1)
    found = table.table()
    assert (found.diagonal() == 0).all()
    rest = found[~torch.eye(10, dtype=torch.bool)]
    assert (rest[~rest.isnan()] >= 1).all()
    assert (rest[~rest.isnan()] <= LIMIT).all()
    assert (~rest.isnan()).float().mean() > 0.8
    row, column = next((r, c) for r in range(10) for c in range(10) if 0 < found[r, c] < LIMIT)
    assert table._turns(row, found[row].nan_to_num(0))[column]  # what it says does turn it
    encode(table.frame())


def test_the_table_waits_until_it_is_seen():
    lab = Turning()
    assert not lab.eager
    lab.receive({"setting": "visible", "value": ["turning"]})
    assert lab.eager


@pytest.mark.parametrize(("row", "col"), [(3, 8), (9, 4), (1, 7)])
def test_a_clicked_pair_comes_to_the_stage_as_the_table_made_it(table, row, col):
    click(table, row, col)
    frame = table.frame()
    assert frame.notes["chosen"]["turning"] == 10 * row + col
    assert frame.notes["titles"]["pair.attacked"].startswith(f"“{col}”")
    pair = table.clicked_pair()
    assert pair.eps == table.table()[row, col]
    assert table.clicked_pair() is None  # a click is one wish
    lab = Adversarial()
    lab.load_pair(pair)
    assert torch.equal(lab.run.x, sample_digits()[row][None])
    assert lab.run.verdict.won
    assert lab.scene.label(lab.run.verdict.says) == str(col)
    assert torch.equal(lab.run.verdict.image, attacked(pair))
    assert torch.equal(frame.maps["pair.attacked"], attacked(pair)[0])


def test_a_pair_that_cannot_be_is_told(table):
    never = Turning()
    for _ in range(10):
        never.step()
    never.reached[:] = False  # as if the first round had failed
    never.high[:] = LIMIT
    assert never.table().isnan().sum() == 90
    assert "no 8 comes" in never.frame().notes["tables"]["pair"]["said"]
    click(table, 5, 5)
    assert "already" in table.frame().notes["tables"]["pair"]["said"]


def test_what_a_smaller_budget_reached_counts(table):
    table_now = table.table()
    for row, col in ((table.reached & (table.high < LIMIT)).nonzero()).tolist():
        assert table_now[row, col] <= table.high[row, col]
    assert (table.high[~table.reached] == LIMIT).all()  # nothing was found and then forgotten


def test_there_is_a_pair_before_any_round():
    table = Turning()
    encode(table.frame())
    assert table.clicked_pair() is None  # nothing was clicked


@pytest.mark.parametrize(("row", "col"), [(10, 0), (-1, 3), ("x", 1), (None, None), (1.5, 2)])
def test_a_cell_that_is_not_there(table, row, col):
    with pytest.raises(ValueError) as fault:
        click(table, row, col)
    assert is_one_sentence(str(fault.value))


def test_the_address_follows_every_change():
    lab = Adversarial()
    assert lab.frame().notes["address"] == {}
    lab.receive({"setting": "least", "value": True})
    assert lab.frame().notes["address"] == {"eps_linf": lab.settings["eps_linf"]}
    lab.load_pair(Pair(3, 8, 70.0, 10, "lenet-mnist"))
    news = lab.frame().notes["address"]
    assert news["eps_linf"] == ""
    assert (news["attack"], news["target"]) == ("pgd", "8")
    assert news["x"]


def test_a_pair_of_the_table_meets_no_challenge():
    """Its own attack is met when it is done again."""
    lab = Adversarial()
    lab.load_pair(Pair(3, 8, 110.0, 10, "lenet-mnist"))
    assert lab.run.verdict.won
    assert "becomes" not in met(lab)
    for eps in (0, 110):
        lab.receive({"setting": "eps_linf", "value": eps})
        now = met(lab)
    assert "becomes" in now


def test_a_link_opens_the_pair_beside_the_table(table):
    click(table, 9, 4)
    other = Turning()
    assert other.open(table.address()) == {}
    assert other.at == (9, 4)
    assert other.clicked_pair() is None
    assert other.open({"at": "9,10"}).keys() == {"at"}


def test_the_moments_say_when_the_verdict_changed():
    lab = Adversarial()
    lab.receive({"setting": "attack", "value": "pgd"})
    moments = lab.frame().notes["moments"]
    assert moments["said"][0][0] == "8"
    assert moments["said"][-1] == ("5", moments["count"])
    turn = moments["said"][0][1]
    says = [m.says for m in lab.run.moments]
    assert says[int(turn - 0.5)] == 8
    assert says[int(turn + 0.5)] != 8


def test_what_survives_is_told_beside_what_the_clean_picture_is():
    lab = Adversarial()
    frame = lab.frame()
    rows = frame.notes["tables"]["survival"]["rows"]
    assert [row[0] for row in rows][1] == "JPEG, quality 75"
    survived = survival.survived(lab.scene)
    for name, row in zip(survived, rows, strict=True):
        assert row[3] == ("yes" if survived[name] else "no")
        assert frame.notes["titles"][f"survive.{name}"] == ("fools" if survived[name] else "undone")
    lab.receive({"setting": "eps_linf", "value": 0})
    assert lab.frame().notes["titles"]["survive.eight"] == "not fooled"


def test_training_begins_in_sight_and_rests_after_a_lap(monkeypatch):
    monkeypatch.setattr(defending, "LAP", 2)
    lab = Defence(small_split())
    assert not lab.eager
    lab.receive({"setting": "visible", "value": ["defence"]})
    assert lab.eager
    assert lab.step()
    assert not lab.eager
    assert not lab.step()
    assert lab.step()  # asked again, it goes on
    lab.receive({"setting": "visible", "value": "defence"})
    frame = lab.frame()
    clean, attacked = frame.maps["pupils.clean"], frame.maps["pupils.attacked"]
    assert 0 < (clean - attacked).abs().max() <= lab.eps + 1e-6


def test_a_search_waits_for_the_hand():
    search, found = Search(), object()
    assert search.look((1,), lambda: found, now=False, costly=True) is None
    assert search.look((1,), lambda: found, now=True, costly=True) is found
    assert search.look((1,), lambda: 1 / 0, now=False, costly=False) is found
    assert search.look((2,), lambda: 1 / 0, now=False, costly=False) is None  # too soon


def test_eight_bits_of_the_sample_are_the_clean_picture(table):
    click(table, 2, 0)
    assert torch.equal(table.frame().maps["pair.clean"], sample_digits()[2])
