"""The smallest budget that fools, and what rounding to 8 bits does near it."""

import math

import pytest
import torch

from labs.vision.adversarial import Adversarial
from tests.vision.adversarial.hand import setting


def test_the_verdict_is_that_of_eight_bits(lab):
    for eps in range(0, 128, 5):
        verdict = setting(lab, eps_linf=eps).run.verdict
        levels = verdict.image * 255
        assert (levels - levels.round()).abs().max() < 1e-4
        assert verdict.won == (int(lab.model(verdict.image).argmax()) != lab.run.says)
        assert verdict.norms.linf <= (eps + 1) / 255 + 1e-6


def test_both_verdicts_are_told_when_they_differ(lab):
    x = lab.run.x
    found = lab.least(now=True).eps
    said = set()
    for shift in range(-12, 13):  # around the boundary, rounding decides
        setting(lab, eps_linf=255 * found + shift / 8)
        verdict = lab.run.verdict
        if verdict.won != verdict.won_as_float:
            said.add(lab.frame().notes["say"])
    assert all("8 bits" in sentence for sentence in said)
    assert torch.equal(lab.run.x, x)


@pytest.mark.parametrize(("attack", "norm"), [("fgsm", "linf"), ("pgd", "linf"), ("pgd", "l2")])
def test_the_smallest_budget_fools_and_a_little_less_does_not(attack, norm, lab):
    setting(lab, attack=attack, norm=norm)
    found = lab.least(now=True)
    scale = 255 if norm == "linf" else 1
    setting(lab, least=True)
    assert lab.settings[f"eps_{norm}"] == pytest.approx(found.eps * scale)
    assert lab.run.verdict.won
    below = [e for e, won in zip(found.tried, found.won, strict=True) if e < found.eps and won]
    assert not below


def test_the_smallest_budget_is_kept_while_epsilon_moves(lab):
    first = lab.least(now=True)
    for eps in (10, 20, 30):
        assert setting(lab, eps_linf=eps).least() is first
    setting(lab, attack="pgd")
    assert lab.least(now=True) is not first
    assert not lab.settle()


def test_the_robust_net_bears_more():
    least = {}
    for net in ("lenet-mnist", "lenet-mnist-robust"):
        lab = setting(Adversarial(), net=net, attack="pgd", steps=20)
        least[net] = lab.least(now=True).eps or math.inf
    assert least["lenet-mnist-robust"] > 1.5 * least["lenet-mnist"]


def test_nothing_is_taken_twice_while_epsilon_moves(lab, monkeypatch):
    """The slope at the picture and the search do not depend on epsilon."""
    setting(lab, visible=["attack"]).frame()

    def again(*_: object, **__: object) -> None:
        raise AssertionError("taken again")

    monkeypatch.setattr("labs.vision.adversarial.experiment.slope", again)
    monkeypatch.setattr("labs.vision.adversarial.pgd.slope", again)
    monkeypatch.setattr("labs.vision.adversarial.experiment.smallest", again)
    images = {setting(lab, eps_linf=eps).frame().maps["adversarial"].sum() for eps in (10, 20, 30)}
    assert len(images) == 3
    with pytest.raises(AssertionError, match="taken again"):
        setting(lab, net="lenet-mnist-robust").frame()
