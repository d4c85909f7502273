"""trace() looks inside and leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from labs.models.lenet import LeNet5
from labs.trace import trace


def net() -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Dropout(),
        nn.Linear(32, 4),
    )  # fmt: skip


class Angry(nn.Module):
    """A net that gives up half-way."""

    def __init__(self) -> None:
        super().__init__()
        self.calm = nn.Linear(3, 3)
        self.never = nn.Linear(3, 3)

    def forward(self, x: Tensor) -> Tensor:
        self.calm(x)
        raise RuntimeError("half-way")


def state(model: nn.Module) -> list:
    """Everything that a look inside could leave behind."""
    return [
        (name, module.training, len(module._forward_hooks), len(module._forward_pre_hooks),
         len(module._backward_hooks), [p.grad for p in module.parameters(recurse=False)],
         [p.requires_grad for p in module.parameters(recurse=False)])
        for name, module in model.named_modules()
    ]  # fmt: skip


def test_gradients_are_autograds(rng):
    model = LeNet5()
    x = torch.rand(2, 1, 28, 28, generator=rng)
    found = trace(model, x, scalar=lambda logits: logits[1, 3])

    leaf = x.clone().requires_grad_()
    steps = {"input": leaf}
    steps["conv1"] = model.conv1(leaf)
    steps["pool1"] = model.pool1(steps["conv1"].relu())
    steps["conv2"] = model.conv2(steps["pool1"])
    steps["pool2"] = model.pool2(steps["conv2"].relu())
    steps["fc1"] = model.fc1(steps["pool2"].flatten(1))
    steps["fc2"] = model.fc2(steps["fc1"].relu())
    steps["fc3"] = model.fc3(steps["fc2"].relu())
    want = torch.autograd.grad(steps["fc3"][1, 3], list(steps.values()))
    assert found.gradients.keys() == steps.keys()
    for (name, value), gradient in zip(steps.items(), want, strict=True):
        torch.testing.assert_close(found.gradients[name], gradient)
        if name != "input":
            torch.testing.assert_close(found.activations[name], value.detach())
    torch.testing.assert_close(found.output, model(x).detach())
    assert found.gradients["input"][0].abs().max() == 0  # the other picture has no part in it


def test_without_a_scalar_no_gradients_and_no_tape(rng):
    found = trace(net().eval(), torch.rand(1, 1, 6, 6, generator=rng))
    assert found.gradients == {}
    assert not found.output.requires_grad
    assert not any(x.requires_grad for x in found.activations.values())


def test_chosen_modules_only(rng):
    model = net().eval()
    x = torch.rand(1, 1, 6, 6, generator=rng)
    found = trace(model, x, ["2", "5"], scalar=lambda y: y.sum())
    assert list(found.activations) == ["2", "5"]
    assert set(found.gradients) == {"input", "2", "5"}
    torch.testing.assert_close(found.gradients["5"], torch.ones(1, 4))


@pytest.mark.parametrize("around", [torch.enable_grad, torch.no_grad])
def test_frozen_weights_still_give_gradients(around, rng):
    """Also to a caller who has gradients switched off for everything else."""
    model = LeNet5().requires_grad_(False)
    x = torch.rand(1, 1, 28, 28, generator=rng)
    with around():
        found = trace(model, x, scalar=lambda y: F.cross_entropy(y, torch.tensor([2])))
    assert found.gradients["input"].abs().max() > 0


def test_what_the_scalar_does_not_use_has_gradient_zero(rng):
    model = LeNet5()
    found = trace(model, torch.rand(1, 1, 28, 28, generator=rng), scalar=lambda y: y.sum() * 0)
    assert found.gradients["conv1"].equal(torch.zeros(1, 6, 28, 28))


@pytest.mark.parametrize("training", [True, False])
def test_no_trace_is_left(training, rng):
    model = net().train(training)
    x = torch.rand(3, 1, 6, 6, generator=rng)
    kept, before, grads = x.clone(), state(model), torch.is_grad_enabled()
    trace(model, x)
    trace(model, x, scalar=lambda y: y[0, 0])
    assert state(model) == before
    assert x.equal(kept)
    assert not x.requires_grad
    assert torch.is_grad_enabled() == grads


@pytest.mark.parametrize("scalar", [None, lambda y: y.sum()])
def test_no_trace_is_left_after_an_error(scalar):
    model = Angry()
    before = state(model)
    with pytest.raises(RuntimeError, match="half-way"):
        trace(model, torch.ones(1, 3), scalar=scalar)
    assert state(model) == before
    assert torch.is_grad_enabled()


def test_no_trace_is_left_when_the_scalar_fails(rng):
    model = net().eval()
    before = state(model)
    with pytest.raises(IndexError):
        trace(model, torch.rand(1, 1, 6, 6, generator=rng), scalar=lambda y: y[0, 99])
    assert state(model) == before


def test_an_unknown_module_is_named():
    model = net()
    before = state(model)
    with pytest.raises(ValueError, match="'nowhere'"):
        trace(model, torch.ones(1, 1, 6, 6), ["0", "nowhere"])
    assert state(model) == before


def test_threads_that_share_a_model_see_their_own_numbers():
    """Every visitor looks into the same frozen nets."""
    model = nn.Sequential(nn.Linear(1, 1, bias=False), nn.ReLU()).requires_grad_(False)
    nn.init.ones_(model[0].weight)

    def look(value: float) -> set[float]:
        x = torch.full((1, 1), value)
        return {trace(model, x).activations["0"].item() for _ in range(300)}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, [1.0, 2.0, 3.0, 4.0])) == [{1.0}, {2.0}, {3.0}, {4.0}]
