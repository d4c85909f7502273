"""The passes written by hand against torch.autograd."""

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from labs import zoo
from labs.drawing.mnist import as_mnist
from labs.models.lenet import LeNet5
from labs.trace import trace
from labs.vision.digit import operations, quick
from labs.vision.digit.passes import LAYERS, backward, forward, logits
from tests.vision.digit.conftest import random_net, random_picture, some_off


def oracle(net: LeNet5, seen: Tensor, off: dict[str, Tensor]) -> dict[str, Tensor]:
    """Every activation by plain torch, with its tape."""
    a = {"seen": seen.clone().requires_grad_()}
    on = {k: off.get(k, torch.ones(())) for k in ("conv1", "conv2", "fc1", "fc2")}
    a["conv1"] = F.conv2d(a["seen"][None, None], net.conv1.weight, net.conv1.bias, padding=2)
    a["conv1"] = a["conv1"].relu() * on["conv1"]
    a["pool1"] = F.max_pool2d(a["conv1"], 2)
    a["conv2"] = F.conv2d(a["pool1"], net.conv2.weight, net.conv2.bias).relu() * on["conv2"]
    a["pool2"] = F.max_pool2d(a["conv2"], 2)
    a["fc1"] = F.linear(a["pool2"].flatten(1), net.fc1.weight, net.fc1.bias).relu() * on["fc1"]
    a["fc2"] = F.linear(a["fc1"], net.fc2.weight, net.fc2.bias).relu() * on["fc2"]
    a["logits"] = F.linear(a["fc2"], net.fc3.weight, net.fc3.bias)
    return a


@pytest.mark.parametrize("target", [0, 3, 9])
def test_every_layer_both_ways(seed, off, target):
    net, seen = random_net(seed), random_picture(seed)
    want = oracle(net, seen, off)
    a = forward(seen, net.state_dict(), off)
    slopes = torch.autograd.grad(want["logits"][0, target], [want[layer] for layer in LAYERS])
    found = backward(a, net.state_dict(), target)
    assert tuple(found) == LAYERS
    for layer, slope in zip(LAYERS, slopes, strict=True):
        value = getattr(a, layer)
        assert found[layer].shape == value.shape
        torch.testing.assert_close(value, want[layer].detach().view_as(value), atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(found[layer], slope.view_as(value), atol=1e-5, rtol=1e-5)
    assert found["seen"].abs().max() > 1e-3  # something came through to be compared
    torch.testing.assert_close(a.probabilities, want["logits"][0].detach().softmax(0))


@pytest.mark.parametrize("name", ["lenet-mnist", "lenet-mnist-plain"])
def test_the_trained_nets_by_trace(name):
    net = zoo.load(name)
    seen = random_picture(4)
    a = forward(seen, net.state_dict())
    looked = trace(net, seen[None, None], scalar=lambda y: y[0, 8])
    found = backward(a, net.state_dict(), 8)
    torch.testing.assert_close(a.logits, looked.output[0], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(found["seen"], looked.gradients["input"][0, 0], atol=1e-4, rtol=1e-4)
    for layer in ("pool1", "pool2"):
        torch.testing.assert_close(getattr(a, layer), looked.activations[layer][0])
        torch.testing.assert_close(found[layer], looked.gradients[layer][0], atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("seen", [torch.zeros(28, 28), torch.ones(28, 28)], ids=["empty", "full"])
def test_flat_pictures_where_every_maximum_is_a_tie(seen):
    net = random_net(3)
    want = oracle(net, seen, {})
    (slope,) = torch.autograd.grad(want["logits"][0, 2], want["seen"])
    found = backward(forward(seen, net.state_dict()), net.state_dict(), 2)["seen"]
    torch.testing.assert_close(found, slope, atol=1e-5, rtol=1e-5)


def test_logits_of_a_batch_are_the_forward_passes(seed, off):
    net = random_net(seed)
    pictures = [random_picture(i) for i in range(5)]
    batch = logits(torch.stack(pictures)[:, None], net.state_dict(), off)
    single = torch.stack([forward(x, net.state_dict(), off).logits for x in pictures])
    torch.testing.assert_close(batch, single, atol=1e-5, rtol=1e-5)


def test_a_unit_that_is_off_neither_speaks_nor_listens():
    net, off = random_net(1), some_off(2)
    a = forward(random_picture(1), net.state_dict(), off)
    for layer, mask in off.items():
        assert getattr(a, layer)[mask.flatten() == 0].abs().max() == 0
        assert getattr(a, layer)[mask.flatten() == 1].abs().max() > 0


def test_the_winners_are_where_the_maxima_are():
    a = forward(random_picture(1), random_net(1).state_dict())
    assert a.conv1.flatten(1).gather(1, a.winners1.flatten(1)).equal(a.pool1.flatten(1))
    assert a.conv2.flatten(1).gather(1, a.winners2.flatten(1)).equal(a.pool2.flatten(1))


def test_weights_and_picture_stay_as_they_are():
    net, seen = random_net(1), random_picture(1)
    weights, picture = {k: v.clone() for k, v in net.state_dict().items()}, seen.clone()
    backward(forward(seen, net.state_dict(), some_off(1)), net.state_dict(), 1)
    assert seen.equal(picture)
    assert all(v.equal(weights[k]) for k, v in net.state_dict().items())


def test_the_lab_hands_on_as_mnist():
    from labs.vision import digit

    assert digit.as_mnist is as_mnist


def test_what_runs_is_what_the_page_shows(rng):
    """Every operation by torch's own operators against the public one, ties and zeros included."""
    for channels, maps, side, padding in ((1, 6, 28, 2), (6, 16, 14, 0)):
        x = torch.randn(channels, side, side, generator=rng).relu()
        kernel, bias = torch.randn(maps, channels, 5, 5, generator=rng), torch.randn(maps)
        z = operations.convolve(x, kernel, bias, padding)
        torch.testing.assert_close(quick.convolve(x, kernel, bias, padding), z)
        delta = torch.randn(z.shape, generator=rng)
        torch.testing.assert_close(
            quick.convolve_back(delta, x, kernel, padding),
            operations.convolve_back(delta, x, kernel, padding), atol=1e-4, rtol=1e-4,
        )  # fmt: skip
        a = z.relu()
        assert quick.relu_back(delta, a).equal(operations.relu_back(delta, a))
        y, winners = operations.pool(a)
        assert all(p.equal(q) for p, q in zip(quick.pool(a), (y, winners), strict=True))
        back = quick.pool_back(y, winners, len(a[0]))
        assert back.equal(operations.pool_back(y, winners, len(a[0])))
