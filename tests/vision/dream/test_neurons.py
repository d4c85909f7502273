"""Every neuron: tiles that excite their channel, dead channels named, the true argmax patches."""

import pytest
import torch
from torch import Tensor, nn

from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.vision.dream.network import Network
from labs.vision.dream.neurons import (
    BATCH,
    PATCH,
    SIDE,
    best_patches,
    exciting_patches,
    fires,
    tile_steps,
    visualise,
)
from labs.vision.dream.parametrisation import noise


@pytest.fixture(scope="module")
def simple() -> Network:
    """Three channels: one that likes red, one that never fires, one that likes blue."""
    conv = nn.Conv2d(3, 3, 1)
    with torch.no_grad():
        conv.weight.zero_()
        conv.bias.copy_(torch.tensor([0.0, -100.0, 0.0]))
        conv.weight[0, :, 0, 0] = torch.tensor([1.0, -0.5, -0.5])
        conv.weight[1] = 1
        conv.weight[2, :, 0, 0] = torch.tensor([-0.5, -0.5, 1.0])
    return Network(nn.Sequential(conv, nn.ReLU()))


def test_tiles_show_what_the_channels_like(simple):
    (tiles,) = visualise(simple, "1", [0, 1, 2], steps=12)
    assert tiles.channels == [0, 1, 2]
    assert tiles.images.shape == (3, 3, SIDE, SIDE)
    assert tiles.dead.tolist() == [False, True, False]
    red, _, blue = tiles.images.mean((2, 3))
    assert red.argmax() == 0
    assert blue.argmax() == 2
    start = noise(3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    before = simple(start, ["1"])["1"].mean((2, 3)).diagonal()
    assert (tiles.values[[0, 2]] > 1.2 * before[[0, 2]]).all()
    assert tiles.values[1] == 0


def test_a_dead_channel_stays_at_the_noise_it_began_with(simple):
    (tiles,) = visualise(simple, "1", [1], steps=2)
    start = noise(1, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    assert tiles.dead.all()
    torch.testing.assert_close(tiles.images, start, rtol=0, atol=1e-3)


def test_tiles_come_in_batches_and_values_are_those_of_the_images(network):
    wanted = list(range(30, 30 + BATCH + 2))
    parts = list(visualise(network, "stage2.0", wanted, steps=6))
    assert [part.channels for part in parts] == [wanted[:BATCH], wanted[BATCH:]]
    for part in parts:
        activations = network(part.images, ["stage2.0"])["stage2.0"].mean((2, 3))
        expected = torch.stack([a[k] for a, k in zip(activations, part.channels, strict=True)])
        torch.testing.assert_close(part.values, expected, rtol=1e-4, atol=1e-5)
        start = noise(1, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
        before = network(start, ["stage2.0"])["stage2.0"].mean((2, 3))[0, part.channels]
        assert (part.values > before).all()
        assert not part.dead.any()


def test_the_seed_decides_the_tiles_and_another_is_another(simple):
    def tile(seed: int) -> Tensor:
        return next(visualise(simple, "1", [0], seed=seed, steps=2)).images

    assert torch.equal(tile(4), tile(4))
    assert not torch.equal(tile(4), tile(5))


@pytest.mark.parametrize(("row", "column"), [(30, 40), (0, 0), (79, 119), (2, 117)])
def test_a_patch_lies_around_the_strongest_place(simple, row, column):
    x = torch.full((1, 3, 80, 120), 0.5)
    x[0, :, row, column] = torch.tensor([1.0, 0.0, 0.0])
    (found,) = exciting_patches(simple, "1", 0, [x])
    value, patch = found.value, found.image
    assert value == pytest.approx(1.0)
    assert patch.shape == (1, 3, PATCH, PATCH)
    red = (patch[0, 0] == 1).nonzero()
    assert len(red) == 1
    if (row, column) == (30, 40):
        assert (red[0] - PATCH // 2).abs().max() <= 1


def test_patches_of_photographs_hold_their_argmax_strongest_first(network):
    photos = [fit_within(photo(name), 128) for name in NAMES]
    found = exciting_patches(network, "stage3.0", 9, photos, count=4)
    maps = [network(x, ["stage3.0"])["stage3.0"][0, 9] for x in photos]
    expected = sorted((m.max().item() for m in maps), reverse=True)[:4]
    assert [patch.value for patch in found] == pytest.approx(expected, rel=1e-5)
    x = photos[found[0].photo]
    assert found[0].photo == max(range(len(maps)), key=lambda i: maps[i].max())
    best = max(maps, key=lambda m: m.max())
    i, j = divmod(int(best.argmax()), best.shape[1])
    row, column = (i + 0.5) * x.shape[2] / best.shape[0], (j + 0.5) * x.shape[3] / best.shape[1]
    places = (x.unfold(2, PATCH, 1).unfold(3, PATCH, 1) == found[0].image[:, :, None, None]).all(-1)
    top, left = places.all(-1).all(1)[0].nonzero()[0].tolist()  # where in the photo it was cut
    assert top <= row <= top + PATCH
    assert left <= column <= left + PATCH


@pytest.mark.parametrize("size", [(1, 1), (20, 90), (47, 48)])
def test_a_small_photo_gives_a_patch_of_full_size(simple, size):
    x = torch.rand(1, 3, *size, generator=torch.Generator().manual_seed(1))
    (found,) = exciting_patches(simple, "1", 2, [x])
    value, patch = found.value, found.image
    assert patch.shape == (1, 3, PATCH, PATCH)
    assert value == pytest.approx((x[0, 2] - x[0, :2].mean(0)).clamp(min=0).max().item(), abs=1e-6)


def test_every_step_of_the_tiles_is_yielded_and_the_last_is_the_tile(simple):
    steps = list(tile_steps(simple, "1", [0, 2], steps=3))
    assert [step.done for step in steps] == [False, False, True]
    assert steps[0].values.isnan().all()
    (tiles,) = visualise(simple, "1", [0, 2], steps=3)
    assert tiles.images.equal(steps[-1].images)
    assert tiles.values.equal(steps[-1].values)


def test_a_channel_fires_where_it_is_not_zero(simple):
    blue = torch.zeros(1, 3, 8, 8)
    blue[:, 2, 3, 4] = 1
    assert fires(simple, "1", 2, [torch.zeros(1, 3, 8, 8), blue])
    assert not fires(simple, "1", 0, [blue])
    assert not fires(simple, "1", 1, [blue, torch.ones(1, 3, 8, 8)])


def test_the_opposite_of_a_channel_is_made_and_found():
    """Of a channel without ReLU that likes red: cyan."""
    conv = nn.Conv2d(3, 1, 1, bias=False)
    with torch.no_grad():
        conv.weight[0, :, 0, 0] = torch.tensor([1.0, -0.5, -0.5])
    net = Network(nn.Sequential(conv))
    (tiles,) = (t for t in tile_steps(net, "0", [0], sign=-1, steps=12) if t.done)
    assert tiles.images.mean((0, 2, 3)).argmin() == 0
    assert tiles.values[0] < 0
    x = torch.full((1, 3, 100, 100), 0.5)
    x[:, 0, 60:90, 60:90], x[:, 0, 10:40, 60:90] = 1, 0
    (most,) = exciting_patches(net, "0", 0, [x])
    (least,) = exciting_patches(net, "0", 0, [x], sign=-1)
    assert most.value == pytest.approx(0.5)
    assert least.value == pytest.approx(-0.5)


def test_the_best_patch_of_each_channel_is_the_first_of_its_own(network, photos):
    some = [*photos.values()]
    found = best_patches(network, "stage2.0", some)
    for k in (0, 17, 40):
        assert found[k].equal(exciting_patches(network, "stage2.0", k, some)[0].image[0])
