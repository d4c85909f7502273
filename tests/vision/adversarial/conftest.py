"""Digits that the net reads right, and the net."""

import pytest
from torch import Tensor, nn

from labs import zoo
from labs.data import digits
from labs.vision.adversarial import Adversarial


@pytest.fixture(scope="session")
def net() -> nn.Module:
    return zoo.load("lenet-mnist")


@pytest.fixture(scope="session")
def batch(net) -> tuple[Tensor, Tensor]:
    """60 of UCI's test digits (60, 1, 28, 28) that the net reads right, and their classes."""
    split = digits.small()
    right = net(split.x_test).argmax(1) == split.y_test
    return split.x_test[right][:60], split.y_test[right][:60]


@pytest.fixture
def lab() -> Adversarial:
    return Adversarial()
