"""The network for dreaming gives what the model gives, stops early, and leaves nothing behind."""

import threading

import pytest
import torch
from torch import Tensor, nn

from labs.models.photo import LAYERS, PhotoNet
from labs.trace import trace
from labs.vision.dream.network import Network
from labs.vision.dream.objective import LOGITS


def idle(network: Network) -> bool:
    """Whether a pass that asks for nothing special runs to the end and keeps nothing."""
    call, x = network._call, torch.zeros(1, 3, 16, 16)
    return not call.names and not call.seen and network.model(x).shape == (1, 100)


@pytest.fixture
def x(rng: torch.Generator) -> Tensor:
    return torch.rand(2, 3, 49, 70, generator=rng)


@pytest.fixture
def deep() -> PhotoNet:
    """An untrained net whose norms are no identities."""
    net = PhotoNet().eval()
    generator = torch.Generator().manual_seed(5)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            for values in (module.weight.data, module.bias.data, module.running_mean):
                values.copy_(torch.randn(values.shape, generator=generator))
            module.running_var.copy_(0.3 + torch.rand(values.shape, generator=generator))
    return net


def test_folding_is_exact(deep, x):
    network = Network(deep)
    assert not any(isinstance(m, nn.BatchNorm2d) for m in network.model.modules())
    found, expected = network(x, [*LAYERS, LOGITS]), trace(deep, x, LAYERS)
    for name in LAYERS:
        torch.testing.assert_close(
            found[name].contiguous(), expected.activations[name], rtol=1e-4, atol=1e-3
        )
    torch.testing.assert_close(found[LOGITS], expected.output, rtol=1e-4, atol=1e-3)


def test_the_gradient_at_the_pixels_is_that_of_the_model(network, model, x):
    def gradient(of) -> Tensor:
        at = x.clone().requires_grad_()
        return torch.autograd.grad(of(at).square().mean(), at)[0]

    mine = gradient(lambda at: network(at, ["stage3.0"])["stage3.0"])
    expected = gradient(lambda at: model.stage3[0](model.pool(model.stage2(model.pool(
        model.stage1(model.stem(at_even(model, at))))))))  # fmt: skip
    torch.testing.assert_close(mine, expected, rtol=1e-3, atol=1e-6)


def at_even(model: PhotoNet, x: Tensor) -> Tensor:
    x = (x - model.mean) / model.std
    return nn.functional.pad(x, (0, x.shape[3] % 2, 0, x.shape[2] % 2), mode="replicate")


def test_the_model_itself_stays_as_it_was(deep, x):
    before = {name: value.clone() for name, value in deep.state_dict().items()}
    Network(deep)(x, ["stage2.0"])
    after = deep.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert all(p.requires_grad for p in deep.parameters())


def test_it_computes_no_layer_beyond_the_last(deep, x):
    network, ran = Network(deep), []
    for name in LAYERS:
        network.modules[name].register_forward_pre_hook(lambda *_, name=name: ran.append(name))
    early = network(x, ["stage2.0", "stem"])
    assert ran == ["stem", "stage1.0", "stage2.0"]
    assert early.keys() == {"stage2.0", "stem"}
    late = network(x, [*LAYERS, LOGITS])
    for name, activation in early.items():
        assert torch.equal(activation, late[name])


def test_a_name_given_twice_still_stops_early(network, x):
    assert network(x, ["stem", "stem"]).keys() == {"stem"}


@pytest.mark.parametrize("name", ["stage9.0", "", "Stem"])
def test_an_unknown_layer_is_refused_and_leaves_nothing(network, x, name):
    with pytest.raises(ValueError, match="no layer"):
        network(x, ["stem", name])
    assert idle(network)


def test_nothing_stays_behind(network, x):
    network(x, ["stem", LOGITS])
    network(x, ["stage1.0"])
    assert idle(network)
    with pytest.raises(ValueError, match="PhotoNet takes photos"):
        network(x[:, :1], ["stage3.0"])
    assert idle(network)


def test_nothing_is_frozen_late_or_written_into(network, x):
    assert not network.model.training
    assert not any(p.requires_grad for p in network.model.parameters())
    at = x.clone().requires_grad_()
    network(at, ["stage1.0"])["stage1.0"].sum().backward()
    assert all(p.grad is None for p in network.model.parameters())


def test_visitors_who_share_the_network_do_not_see_each_other(deep, x):
    """One is in the middle of a pass when another passes by in a second thread."""
    network, found, one = Network(deep), {}, threading.get_ident()
    alone = network(x, ["stem", "stage3.0"]), network(1 - x, ["stage2.0"])

    def passing_by(*_: object) -> None:
        if threading.get_ident() == one:
            other = threading.Thread(target=lambda: found.update(network(1 - x, ["stage2.0"])))
            other.start()
            other.join()

    network.modules["stage1.0"].register_forward_hook(passing_by)
    mine = network(x, ["stem", "stage3.0"])
    for seen, expected in ((mine, alone[0]), (found, alone[1])):
        assert seen.keys() == expected.keys()
        assert all(torch.equal(seen[name], expected[name]) for name in expected)


@pytest.mark.parametrize(("kernel", "padding"), [(6, 2), (4, 0), ((2, 4), 2)])
@pytest.mark.parametrize("side", [24, 25])
def test_a_stride_of_blocks_gives_the_same_sums(rng, kernel, padding, side):
    conv = nn.Conv2d(3, 5, kernel, 2, padding).requires_grad_(False)
    network = Network(nn.Sequential(conv))
    assert not isinstance(network.model[0], nn.Conv2d)
    at = torch.rand(2, 3, side, 22, generator=rng).requires_grad_()
    mine, expected = network(at, ["0"])["0"], conv(at)
    torch.testing.assert_close(mine.contiguous(), expected, rtol=1e-5, atol=1e-5)
    gradients = [torch.autograd.grad(y.square().sum(), at)[0] for y in (mine, expected)]
    torch.testing.assert_close(*gradients, rtol=1e-4, atol=1e-5)


def test_other_convolutions_stay_as_they_are():
    for conv in (
        nn.Conv2d(4, 4, 3, 2, 1), nn.Conv2d(4, 4, 4, 2, 1), nn.Conv2d(4, 4, 4, 2, 2, groups=2),
        nn.Conv2d(4, 4, 4, 2, 2, dilation=2), nn.Conv2d(4, 4, 4, 1, 2),
        nn.Conv2d(4, 4, 4, (2, 1), 2), nn.Conv2d(4, 4, 4, 2, (0, 2)),
        nn.Conv2d(4, 4, 4, padding="same"),
    ):  # fmt: skip
        assert isinstance(Network(nn.Sequential(conv)).model[0], nn.Conv2d), conv
