"""Saliency against captum."""

import pytest
import torch
from captum.attr import IntegratedGradients, LayerGradCam, Occlusion, Saliency
from torch import Tensor, nn

from labs.models.lenet import LeNet5
from labs.vision.digit.passes import backward, forward, logits
from labs.vision.digit.saliency import METHODS, SIGNED, STEPS, STRIDE, WINDOW, saliency
from tests.vision.digit.conftest import random_net, random_picture, some_off

TARGET = 6


def with_relus(net: LeNet5) -> nn.Sequential:
    """The same net with its ReLUs as modules, which captum can look behind."""
    return nn.Sequential(
        net.conv1, nn.ReLU(), net.pool1, net.conv2, nn.ReLU(), net.pool2,
        nn.Flatten(), net.fc1, nn.ReLU(), net.fc2, nn.ReLU(), net.fc3,
    )  # fmt: skip


def ours(
    method: str, net: LeNet5, seen: Tensor, off: dict | None = None, target: int = TARGET
) -> Tensor:
    weights = net.state_dict()
    a = forward(seen, weights, off)
    return saliency(method, a, backward(a, weights, target), weights, target, off)


def test_the_gradient(seed):
    net, seen = random_net(seed), random_picture(seed)
    x = seen[None, None].clone().requires_grad_()
    want = Saliency(net).attribute(x, target=TARGET, abs=False)[0, 0]
    torch.testing.assert_close(ours("gradient", net, seen), want, atol=1e-5, rtol=1e-5)


def test_integrated_gradients(seed):
    net, seen = random_net(seed), random_picture(seed)
    want = IntegratedGradients(net).attribute(
        seen[None, None], target=TARGET, n_steps=STEPS, method="riemann_middle"
    )[0, 0]
    torch.testing.assert_close(ours("integrated", net, seen), want.float(), atol=1e-5, rtol=1e-4)


def test_integrated_gradients_add_up(seed, off):
    """Completeness: their sum is the logit's rise from a black picture, but for the integral."""
    net, seen = random_net(seed), random_picture(seed)
    pictures = torch.stack([seen, torch.zeros_like(seen)])[:, None]
    rise, base = logits(pictures, net.state_dict(), off)[:, TARGET].tolist()
    assert ours("integrated", net, seen, off).sum().item() == pytest.approx(rise - base, abs=0.05)


def test_grad_cam(seed):
    net, seen = random_net(seed), random_picture(seed)
    model = with_relus(net)
    x = seen[None, None].clone().requires_grad_()
    visible = 0
    for target in range(10):
        cam = LayerGradCam(model, model[4]).attribute(x, target=target, relu_attributions=True)
        want = LayerGradCam.interpolate(cam, (28, 28), interpolate_mode="bilinear")[0, 0].detach()
        found = ours("gradcam", net, seen, target=target)
        torch.testing.assert_close(found, want, atol=1e-5, rtol=1e-4)
        visible += bool(want.max() > 0)
    assert visible >= 2  # the others are cut at 0 everywhere


def test_occlusion(seed):
    """Captum lets the last windows hang over the edge, so the last cells are left out."""
    net, seen = random_net(seed), random_picture(seed)
    want = Occlusion(net).attribute(
        seen[None, None], target=TARGET, sliding_window_shapes=(1, WINDOW, WINDOW),
        strides=(1, STRIDE, STRIDE), baselines=0, perturbations_per_eval=32,
    )[0, 0].relu()[:23, :23]  # fmt: skip
    assert want.max() > 0.05
    torch.testing.assert_close(
        ours("occlusion", net, seen)[:23, :23], want.float(), atol=1e-4, rtol=1e-4
    )


@pytest.mark.parametrize("edge", [(0, 9), (27, 9), (9, 0), (9, 27), (27, 27)])
def test_occlusion_reaches_every_edge(edge):
    """A net that only counts ink must lose some wherever the one inked pixel lies."""
    net = random_net(1)
    state = {k: torch.zeros_like(v) for k, v in net.state_dict().items()}
    state["conv1.weight"][0, 0] = 1
    state["conv2.weight"][0, 0] = 1
    state["fc1.weight"][0] = state["fc2.weight"][0] = state["fc3.weight"][TARGET] = 1
    seen = torch.zeros(28, 28)
    seen[edge] = 1
    net.load_state_dict(state)
    before = forward(seen, state).logits[TARGET]
    assert before > 0  # LeNet itself sees every pixel
    assert ours("occlusion", net, seen)[edge] > 0


@pytest.mark.parametrize("method", METHODS)
def test_units_that_are_off_do_not_count(method):
    net, seen = random_net(1), random_picture(1)
    off = some_off(3)
    state = dict(net.state_dict())
    for layer, mask in off.items():  # the same net with the units cut out by hand
        for name in ("weight", "bias"):
            w = state[f"{layer}.{name}"]
            state[f"{layer}.{name}"] = w * mask.flatten().view(-1, *[1] * (w.dim() - 1))
    cut = random_net(1)
    cut.load_state_dict(state)
    torch.testing.assert_close(
        ours(method, net, seen, off), ours(method, cut, seen), atol=1e-5, rtol=1e-4
    )


@pytest.mark.parametrize("method", METHODS)
def test_shapes_and_signs(method):
    map_ = ours(method, random_net(2), random_picture(2))
    assert map_.shape == (28, 28)
    assert (map_.min() < 0) == (method in SIGNED)
    assert not map_.requires_grad


@pytest.mark.parametrize("method", ["integrated", "occlusion"])
def test_an_empty_picture_has_none(method):
    assert ours(method, random_net(1), torch.zeros(28, 28)).abs().max() == 0


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="occlusion"):
        ours("magic", random_net(1), random_picture(1))
