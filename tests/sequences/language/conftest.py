"""Small untrained nets, so that these tests need no checkpoint."""

import pytest
import torch

from labs.data.text import PRINTABLE
from labs.models.characters import KINDS


@pytest.fixture(params=KINDS)
def net(request, rng):
    torch.manual_seed(0)  # the initial weights
    model = KINDS[request.param](hidden=24, embedding=8).eval().requires_grad_(False)
    for p in model.parameters():
        p.mul_(2)
    return model


@pytest.fixture
def numbers(rng):
    return torch.randint(len(PRINTABLE), (60,), generator=rng)
