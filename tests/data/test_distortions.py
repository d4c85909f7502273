"""Distortions stay digits."""

import pytest
import torch

from labs.data.distortions import Distortion, distort, thicken

NONE = Distortion(0, 0, 0, 0, 0, 0)


@pytest.fixture
def x(rng) -> torch.Tensor:
    x = torch.zeros(6, 1, 28, 28)
    x[:, :, 6:22, 9:18] = torch.rand(6, 1, 16, 9, generator=rng)
    return x


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("how", [NONE, Distortion().times(0)])
def test_no_strength_is_the_identity(x, how):
    torch.testing.assert_close(distort(x, how, generator=seeded(1)), x, atol=1e-5, rtol=0)


@pytest.mark.parametrize("share", [0.5, 1.0, 2.0])
def test_bounds_and_shape(x, share):
    got = distort(x, Distortion().times(share), generator=seeded(1))
    assert got.shape == x.shape
    assert got.min() >= 0
    assert got.max() <= x.max() + 1e-6
    assert not torch.allclose(got, x, atol=0.05)


def test_the_same_seed_gives_the_same_and_the_input_stays(x):
    kept, state = x.clone(), torch.get_rng_state()
    one, same, other = (distort(x, Distortion(), generator=seeded(s)) for s in (1, 1, 2))
    assert one.equal(same)
    assert not one.equal(other)
    assert x.equal(kept)
    assert torch.get_rng_state().equal(state)  # the global seed is not ours


def test_each_picture_goes_its_own_way(x):
    got = distort(x[:1].expand(6, 1, 28, 28), Distortion(), generator=seeded(1))
    assert len({picture.numpy().tobytes() for picture in got}) == 6


def test_a_shift_moves_the_ink_by_so_many_pixels_at_most(x):
    how = Distortion(0, 0, 0, shift=2.0, elastic=0, thickness=0)
    got = distort(x, how, generator=seeded(3))
    at = torch.arange(28.0)

    def centre(picture):
        columns = picture[:, 0].sum(1)
        return (columns @ at) / columns.sum(1)

    moved = centre(got) - centre(x)
    assert moved.abs().max() <= 2.01
    assert moved.abs().max() > 0.3


def test_times_scales_every_size():
    assert Distortion().times(0.5) == Distortion(7.5, 0.075, 0.1, 1.0, 0.45, 0.25)


@pytest.mark.parametrize(("amount", "sign"), [(0.5, 1), (-0.5, -1), (0.0, 0)])
def test_thicken_adds_or_takes(x, amount, sign):
    got = thicken(x, torch.full((6, 1, 1, 1), amount))
    change = got - x
    assert (change * sign >= 0).all() if sign else change.abs().max() == 0
    assert 0 <= got.min() <= got.max() <= 1
