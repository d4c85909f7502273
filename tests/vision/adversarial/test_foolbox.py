"""Every attack that Foolbox has too, at the same budget: no weaker than Foolbox's."""

import foolbox
import pytest
import torch

from labs import zoo
from labs.vision.adversarial.ball import norms
from labs.vision.adversarial.carlini_wagner import carlini_wagner
from labs.vision.adversarial.deepfool import deepfool
from labs.vision.adversarial.fgsm import fgsm
from labs.vision.adversarial.pgd import pgd
from labs.vision.adversarial.record import reached

NETS = [name for name, entry in zoo.manifest().items() if entry["architecture"] == "LeNet5"
        and not name.endswith("shuffled")]  # fmt: skip
SLACK = 0.02  # of the images: what random starts may cost


def theirs(net, attack, x, y, target, eps):
    """Return Foolbox's images at budget eps."""
    model = foolbox.PyTorchModel(net, bounds=(0, 1))
    criterion = foolbox.criteria.Misclassification(y)
    if target is not None:
        criterion = foolbox.criteria.TargetedMisclassification(target)
    return attack(model, x, criterion, epsilons=eps)[1]


def rate(net, images, y, target) -> float:
    said = net(images)
    won = reached(said, y if target is None else target, targeted=target is not None)
    return won.float().mean().item()


BUDGETS = {"linf": 0.12, "l2": 1.2}
GRADIENTS = {
    ("fgsm", "linf"): foolbox.attacks.LinfFastGradientAttack(random_start=False),
    ("fgsm", "l2"): foolbox.attacks.L2FastGradientAttack(random_start=False),
    ("pgd", "linf"): foolbox.attacks.LinfPGD(rel_stepsize=0.125, steps=20, random_start=False),
    ("pgd", "l2"): foolbox.attacks.L2PGD(rel_stepsize=0.125, steps=20, random_start=False),
}


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("targeted", [False, True], ids=["untargeted", "targeted"])
@pytest.mark.parametrize(("method", "norm"), GRADIENTS)
def test_gradient_attacks(method, norm, targeted, name, batch):
    if targeted and method == "fgsm":
        pytest.skip("Foolbox's fast gradient method knows no target")
    net, (x, y) = zoo.load(name), batch
    target = (y + 1) % 10 if targeted else None
    eps = BUDGETS[norm]
    label = y if target is None else target
    how = {"steps": 20, "step_size": 0.125 * eps} if method == "pgd" else {}
    attack = pgd if method == "pgd" else fgsm
    ours = attack(net, x, label, eps=eps, norm=norm, targeted=targeted, **how)
    other = theirs(net, GRADIENTS[method, norm], x, y, target, eps)
    assert getattr(norms(ours - x), norm).max() <= eps + 1e-6
    assert rate(net, ours, y, target) >= rate(net, other, y, target) - SLACK
    if method == "fgsm":  # one step leaves nothing to choose: the pictures are the same
        same = (ours - other).abs() < 1e-5
        assert same.float().mean() > 0.999


@pytest.mark.parametrize("norm", ["l2", "linf"])
def test_deepfool(norm, net, batch):
    x, y = batch
    ours = deepfool(net, x, y, norm=norm)
    attack = {"l2": foolbox.attacks.L2DeepFoolAttack, "linf": foolbox.attacks.LinfDeepFoolAttack}
    other = theirs(net, attack[norm](), x, y, None, None)
    assert rate(net, ours, y, None) >= rate(net, other, y, None) - SLACK
    mine, foreign = (getattr(norms(image - x), norm) for image in (ours, other))
    torch.testing.assert_close(mine.median(), foreign.median(), rtol=0.02, atol=1e-3)


@pytest.mark.slow
def test_carlini_wagner(net, batch):
    x, y = (part[:20] for part in batch)
    how = {"steps": 60, "confidence": 0}
    ours = carlini_wagner(net, x, y, searches=5, step_size=0.05, first=1.0, **how)
    attack = foolbox.attacks.L2CarliniWagnerAttack(
        binary_search_steps=5, stepsize=0.05, initial_const=1.0, abort_early=False, **how
    )
    other = theirs(net, attack, x, y, None, None)
    assert rate(net, ours, y, None) >= rate(net, other, y, None) - SLACK
    mine, foreign = (norms(image - x).l2 for image in (ours, other))
    torch.testing.assert_close(mine.mean(), foreign.mean(), rtol=0.03, atol=1e-3)
