"""What is said beside the picture agrees with the numbers beside it."""

import pytest

from labs import zoo
from labs.numerals import minus
from labs.vision.adversarial import formulas
from labs.vision.adversarial.nets import MASKED, measured
from tests.vision.adversarial.hand import setting, to_the_end


@pytest.mark.parametrize("attack", ["square", "deepfool"])
def test_a_loss_below_zero_has_its_minus(lab, attack):
    to_the_end(setting(lab, attack=attack, eps_linf=110))
    loss = lab.run.moment.loss
    assert loss < 0  # beyond the boundary
    rows = dict(lab.frame().notes["tables"]["facts"]["rows"])
    assert rows["loss"].endswith(f"→ −{-loss:.3g}")
    assert f"to −{-loss:.3g} in" in minus(formulas.blocks(lab.scene)[0][1])


@pytest.mark.parametrize(
    "attack", ["deepfool", "square", "lbfgs", "carlini_wagner", "universal", "pgd"]
)
def test_budgets_are_spoken_of_only_where_they_were_searched(lab, attack):
    setting(lab, attack=attack)
    found = lab.least(now=True)
    told = lab.frame().notes["tables"]["masking"]["said"]
    assert told.startswith("No sign of masking")
    assert ("larger budgets" in told) == (found is not None) == (attack == "pgd")


def test_no_budget_loses_again_where_none_has_won(lab):
    setting(lab, attack="noise")
    assert lab.least(now=True).eps is None
    assert "larger budgets" not in lab.frame().notes["tables"]["masking"]["said"]


def test_a_pixel_without_a_gradient_stays(lab):
    assert "FGSM moves it by 70/255 up" in lab.frame().notes["tables"]["pixel"]["said"]
    table = setting(lab, net=MASKED).frame().notes["tables"]["pixel"]
    assert table["said"].endswith("Its gradient is 0, so FGSM leaves it as it is.")
    assert table["rows"][2] == ["its sign", "0"]
    assert table["rows"][4][1] == "+0"


def test_clean_and_attacked_accuracies_are_of_the_pictures_named():
    nets = ("photo-net", "photo-net-robust")
    clean = [zoo.manifest()[name]["metrics"]["attacked_photos_accuracy"] for name in nets]
    assert f"clean, {clean[0]:.1%} and {clean[1]:.1%}." in measured("photo")
    assert "clean, on all 10,000, " in measured("digit")


def test_a_won_attack_with_a_target_says_towards_what(lab):
    setting(lab, attack="pgd", target="3", eps_linf=110, steps=20)
    assert lab.run.verdict.won
    said = lab.frame().notes["tables"]["facts"]["said"]
    assert said.startswith("Fooled by PGD-20")
    assert "towards “3”" in said


@pytest.mark.parametrize("card", ["survive", "survive-transfer"])
def test_both_cards_of_what_survives_are_told_when_one_is_in_sight(lab, card):
    lab.receive({"setting": "visible", "value": [card]})
    assert lab.frame().notes["tables"]["transfer"]["rows"]
