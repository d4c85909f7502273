"""The same numbers and gradients as torch's own convolution, and nobody's net is changed."""

import pytest
import torch
from torch import nn

from labs import zoo
from labs.models.direct import Direct, direct


@pytest.mark.parametrize(
    "conv",
    [nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(3, 4, (3, 1), stride=2, bias=False)],
    ids=["padded", "strided"],
)
def test_values_and_gradients_are_those_of_the_convolution(conv, rng):
    conv = conv.requires_grad_(False)
    x = torch.randn(3, conv.in_channels, 11, 9, generator=rng).requires_grad_()
    want, found = conv(x), Direct(conv)(x)
    torch.testing.assert_close(found, want, rtol=1e-5, atol=1e-5)
    slope = torch.randn(want.shape, generator=rng)
    (want,), (found,) = (torch.autograd.grad(y, x, slope) for y in (want, found))
    torch.testing.assert_close(found, want, rtol=1e-5, atol=1e-5)


def test_a_net_stays_as_it_was_and_its_copy_says_the_same(rng):
    net = zoo.load("lenet-mnist")
    fast = direct(net)
    x = torch.rand(5, 1, 28, 28, generator=rng)
    torch.testing.assert_close(fast(x), net(x), rtol=1e-5, atol=1e-5)
    assert isinstance(net.conv1, nn.Conv2d)
    assert isinstance(fast.conv1, Direct)
    assert not any(p.requires_grad for p in fast.parameters())
