"""One definition of "fooled", and every place that uses it."""

import pytest
import torch

from labs.live.frame import encode
from labs.vision.adversarial import Adversarial, export, survival
from labs.vision.adversarial.record import fooled
from labs.vision.adversarial.smallest import smallest
from labs.vision.adversarial.turning import LIMIT, Turning
from labs.vision.adversarial.universal import universal_steps
from tests.vision.adversarial.hand import met, setting, to_the_end


def test_fooled_means_that_the_class_changed_into_the_target():
    was, now = torch.tensor([0, 0, 1, 1, 2]), torch.tensor([0, 1, 0, 1, 1])
    assert fooled(was, now, None).tolist() == [False, True, True, False, True]
    assert fooled(was, now, 1).tolist() == [False, True, False, False, True]
    for a, b, one in zip(was.tolist(), now.tolist(), fooled(was, now, was), strict=True):
        assert not one  # to the class that it has
        for target in (None, 0, 1, 2):
            assert fooled(a, b, target) == fooled(torch.tensor(a), torch.tensor(b), target)


@pytest.mark.parametrize("kind", ["Drawing", "Photograph"])
def test_aiming_at_the_class_that_the_picture_has_fools_nowhere(kind, subtests):
    lab = Adversarial(kind)
    here = str(lab.run.says)
    setting(lab, target=here)
    cases = [("fgsm", 25), ("pgd", 1), ("pgd", 70), ("deepfool", 70), ("one_pixel", 70)]
    for attack, eps in cases if kind == "Drawing" else [("pgd", 1), ("pgd", 6)]:
        with subtests.test(f"{attack}, {eps}/255"):
            to_the_end(setting(lab, attack=attack, eps_linf=eps), 6)
            assert lab.run.verdict.says == int(here)
            frame = lab.frame()
            encode(frame)
            tables = frame.notes["tables"]
            rows = dict(tables["facts"]["rows"])
            assert rows["as floats / in 8 bits"] == "does not / does not"
            assert not tables["facts"]["good"]
            assert not lab.run.verdict.won
            assert not lab.run.verdict.won_as_float
            assert all(moment.fooled == 0 for moment in lab.run.moments)
            assert not any(survival.survived(lab.scene).values())
            for table in ("survival", "transfer"):
                assert {row[-1] for row in tables[table]["rows"]} == {"no"}, table
            assert "fools" not in frame.notes["titles"].values()
            assert met(lab) == []
            assert "does not fool" in export.reread(lab.scene)
            assert lab.least(now=True) is None
            if lab.plan.method.budget:
                found = smallest(lab.model, lab.run.x, lab.run.says, lab.run.plan, lab.scene.high)
                assert found.eps is None


def test_a_challenge_of_the_same_attack_is_met_with_another_target(lab):
    """What the test above does not find is found where there is something to find."""
    setting(lab, attack="pgd", target="8", eps_linf=70)
    assert met(lab) == []
    setting(lab, target="3")
    assert "tough" in met(lab)


def test_what_a_treatment_does_alone_is_not_the_attack(lab):
    """A clean 6 that is turned far enough is read as a 5."""
    lab.receive({"panel": "x", "kind": "sample", "value": 6})
    setting(lab, turn=45, eps_linf=5)
    frame = lab.frame()
    _, clean, attacked, fools = next(
        row for row in frame.notes["tables"]["survival"]["rows"] if row[0].startswith("turn")
    )
    assert clean.strip("“”") != str(lab.run.says)
    assert attacked.startswith(clean)
    assert fools == "no"
    assert frame.notes["titles"]["survive.turn"] == "wrong when clean"


def test_pictures_that_are_of_the_target_already_are_not_counted(net, batch):
    lab = setting(Adversarial(), attack="universal", target="3", eps_linf=100)
    to_the_end(lab)
    said = lab.run.classes
    assert (said == 3).any()
    assert lab.run.moments[0].fooled == 0
    assert 0 < lab.run.moment.fooled <= int((said != 3).sum())
    x, y = batch
    of_one = x[y == y[0]]
    steps = list(universal_steps(net, of_one, y[y == y[0]], eps=0.1, targeted=True))
    assert len(steps) == 1  # there is nothing to do


def test_the_table_does_not_turn_a_digit_into_itself():
    table = Turning()
    for _ in range(20):
        table.step()
    assert not table.reached.diagonal().any()
    assert table.reached.any()
    table.receive({"panel": "turning", "kind": "click", "row": 5, "col": 5})
    pair = table.clicked_pair()
    assert pair.eps == table.table()[5, 5] == 0
    assert (table.high.diagonal() == LIMIT).all()
    frame = table.frame()
    assert "already" in frame.notes["tables"]["pair"]["said"]
    assert torch.equal(frame.maps["pair.attacked"], frame.maps["pair.clean"])
