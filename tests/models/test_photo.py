"""PhotoNet: any size, no coupling between photos, and checkpoints that load frozen."""

import copy

import pytest
import torch
from torch import nn

from labs import zoo
from labs.models.photo import CLASSES, LAYERS, PhotoNet

NAMES = ("photo-net", "photo-net-robust")


@pytest.fixture(scope="module")
def net() -> PhotoNet:
    """An untrained net whose norms have seen data, so that none of them is an identity."""
    generator = torch.Generator().manual_seed(0)
    net = PhotoNet()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            shape = module.weight.shape
            module.weight.data = 0.5 + torch.rand(shape, generator=generator)
            module.bias.data = torch.randn(shape, generator=generator)
            module.running_mean = torch.randn(shape, generator=generator) / 4
            module.running_var = 0.5 + torch.rand(shape, generator=generator)
    return net.eval().requires_grad_(False)


def photos(n: int, *size: int) -> torch.Tensor:
    return torch.rand(n, 3, *size, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2), (17, 33), (64, 64), (31, 200)])
def test_any_size_gives_a_logit_for_every_class(net, size):
    logits = net(photos(2, *size))
    assert logits.shape == (2, len(CLASSES)) == (2, 100)
    assert logits.isfinite().all()


@pytest.mark.parametrize("shape", [(3, 64, 64), (1, 1, 64, 64), (1, 4, 64, 64), (1, 3, 0, 64)])
def test_what_is_no_photo_is_refused_with_its_shape(net, shape):
    with pytest.raises(ValueError, match=r"\(N, 3, H, W\), got \(" + str(shape[0])):
        net(torch.zeros(shape))


@pytest.mark.parametrize("size", [(64, 64), (48, 80), (33, 47)])
def test_stages_halve_the_side(net, size):
    sides = {}
    hooks = [
        net.get_submodule(name).register_forward_hook(
            lambda _, __, out, name=name: sides.update({name: tuple(out.shape[2:])})
        )
        for name in LAYERS
    ]
    net(photos(1, *size))
    for hook in hooks:
        hook.remove()
    assert len(LAYERS) >= 6
    for name, divisor in {
        "stem": 2,
        "stage1.0": 2,
        "stage2.1": 4,
        "stage3.1": 8,
        "stage4.0": 16,
    }.items():
        assert sides[name] == tuple(-(-side // divisor) for side in size), name


def test_a_batch_equals_its_photos_one_by_one(net):
    x = photos(5, 37, 50)
    one_by_one = torch.cat([net(part) for part in x.split(1)])
    torch.testing.assert_close(net(x), one_by_one, atol=1e-4, rtol=1e-4)


def test_the_pixels_are_normalised_inside(net):
    """Moving the mean into the pixels by hand must reach the stem as the same tensor."""
    seen = []
    hook = net.stem.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    net(net.mean.expand(1, 3, 8, 8))
    hook.remove()
    assert seen[0].abs().max() < 1e-6


def test_the_stride_touches_every_pixel_alike(net):
    """An uneven overlap of kernels is a checkerboard in every dream."""
    conv = copy.deepcopy(net.stem[0].conv)
    nn.init.ones_(conv.weight)
    x = photos(1, 32, 32).requires_grad_()
    (grad,) = torch.autograd.grad(conv(x).sum(), x)
    inside = grad[..., 8:-8, 8:-8]
    assert inside.min() == inside.max() > 0


def test_the_names_are_distinct():
    assert len(set(CLASSES)) == len(CLASSES) == 100


@pytest.mark.parametrize("name", NAMES)
def test_checkpoints_load_frozen_and_see(name):
    if name not in zoo.manifest():
        pytest.skip(f"the zoo has no {name} yet")
    net = zoo.load(name)
    assert isinstance(net, PhotoNet)
    assert not net.training
    assert not any(p.requires_grad for p in net.parameters())
    assert net(photos(2, 64, 64)).isfinite().all()
    assert (zoo.WEIGHTS / zoo.manifest()[name]["file"]).stat().st_size < 6e6


def test_the_zoo_holds_what_was_asked_of_it():
    measured = zoo.manifest()
    if not all(name in measured for name in NAMES):
        pytest.skip("the photo nets are not trained yet")
    plain, robust = (measured[name]["metrics"] for name in NAMES)
    assert plain["validation_accuracy"] >= 0.64
    assert robust["pgd20_eps2_accuracy"] > plain["pgd20_eps2_accuracy"] + 0.2
    assert robust["pgd20_eps4_accuracy"] > plain["pgd20_eps4_accuracy"] + 0.2
