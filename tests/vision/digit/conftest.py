"""Nets with random weights, pictures with ink, masks of switched-off units."""

import pytest
import torch
from torch import Tensor

from labs.models.lenet import LeNet5
from labs.vision.digit import Digit
from labs.vision.digit.weights import SWITCHES


def random_net(seed: int) -> LeNet5:
    """LeNet-5 whose biases matter and whose units are on about half the time."""
    generator = torch.Generator().manual_seed(seed)
    net = LeNet5().requires_grad_(False)
    for p in net.parameters():
        fan_in = p[0].numel() if p.dim() > 1 else 4
        p.copy_(torch.randn(p.shape, generator=generator) * 1.4 / fan_in**0.5)
    return net.eval()


def random_picture(seed: int) -> Tensor:
    """(28, 28) in [0, 1], half of it empty, as drawings are."""
    x = torch.rand(28, 28, generator=torch.Generator().manual_seed(seed))
    return (2 * x - 1).clamp_min(0)


def some_off(seed: int) -> dict[str, Tensor]:
    """A third of all units switched off, in every layer."""
    generator = torch.Generator().manual_seed(seed)
    masks = {}
    for layer, shape in SWITCHES.items():
        masks[layer] = torch.ones(shape)
        masks[layer][torch.randperm(shape[0], generator=generator)[: shape[0] // 3]] = 0
    return masks


@pytest.fixture(params=["all on", "some off"])
def off(request) -> dict[str, Tensor]:
    return some_off(5) if request.param == "some off" else {}


@pytest.fixture(params=[1, 2])
def seed(request) -> int:
    return request.param


@pytest.fixture
def lab() -> Digit:
    return Digit()
