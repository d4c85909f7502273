"""The smallest budget that fools, and what rounding to 8 bits does near it."""

import math

import pytest
import torch

from labs.data import digits
from labs.images import quantise
from labs.vision.adversarial import Adversarial
from labs.vision.adversarial.record import last
from labs.vision.adversarial.smallest import FINE, LEVEL, smallest
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


@pytest.mark.parametrize("norm", ["linf", "l2", "l1"])
@pytest.mark.parametrize("attack", ["fgsm", "pgd"])
@pytest.mark.parametrize("digit", [1, 6])
def test_the_smallest_budget_is_one_that_can_be_written(attack, norm, digit, lab):
    lab.receive({"panel": "x", "kind": "sample", "value": digit})
    setting(lab, attack=attack, norm=norm)
    found = lab.least(now=True)
    setting(lab, least=True)
    assert lab.plan.eps == found.eps
    assert lab.run.verdict.won
    assert not any(w for e, w in zip(found.tried, found.won, strict=True) if e < found.eps)
    frame = lab.frame()
    written = dict(frame.notes["tables"]["facts"]["rows"])["smallest that fools"]
    number = float(written.removeprefix("ε = ").removesuffix("/255"))
    assert number == lab.settings[f"eps_{norm}"] == frame.notes["ticks"][f"eps_{norm}"]["value"]


def test_the_smallest_budget_is_found_as_exactly_as_it_is_written(net, subtests):
    """Against every budget below it; a search in steps of the slider was up to 60 % off."""
    x = quantise(digits.small().x_test)
    lab = Adversarial()

    def fools(picture: torch.Tensor, says: int, eps: list[float]) -> list[bool]:
        n, y = len(eps), torch.full((len(eps),), says)
        images = last(lab.plan.run(net, picture.repeat(n, 1, 1, 1), y, eps=torch.tensor(eps)))
        return (net(quantise(images)).argmax(1) != says).tolist()

    for which in (18, 58, 70, 211):  # digits close to a boundary
        picture = x[which : which + 1]
        says = int(net(picture).argmax())
        for attack in ("fgsm", "pgd"):
            for norm in ("linf", "l2"):
                with subtests.test(f"{which}, {attack}, {norm}"):
                    setting(lab, attack=attack, norm=norm)
                    found = smallest(net, picture, says, lab.plan, lab.scene.high).eps
                    assert fools(picture, says, [found]) == [True]
                    if norm == "linf":
                        halves = round(found / LEVEL)
                        assert found == halves / 510
                        below = [k / 510 for k in range(1, halves)]
                    else:
                        below = [found / (1 + FINE) * 0.98**k for k in range(40)]
                    assert not any(fools(picture, says, below)) if below else found == LEVEL


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
