"""Transforms: nothing at zero, one resampling, a known rotation, and a gradient for every pixel."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from labs.vision.dream.transforms import Transforms, total_variation

STILL = Transforms(0, 0, 0)
ALL = Transforms(jitter=6, scale=0.2, rotation=20, blur=0.7)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def x(rng: torch.Generator) -> Tensor:
    return torch.rand(3, 3, 20, 31, generator=rng)


def test_at_zero_nothing_moves(x):
    assert torch.equal(STILL(x, seeded()), x)


def test_all_moves_are_one_resampling(x, monkeypatch):
    calls = []
    sample = F.grid_sample
    monkeypatch.setattr(F, "grid_sample", lambda *a, **k: calls.append(1) or sample(*a, **k))
    ALL(x, seeded())
    assert len(calls) == 1


def test_jitter_alone_moves_whole_pixels(x):
    moved = [Transforms(5, 0, 0)(x, seeded(seed)) for seed in range(20)]
    for y in moved:
        assert torch.equal(y.flatten(1).sort().values, x.flatten(1).sort().values)
    shifts = {
        (down, right)
        for y in moved
        for down in range(-5, 6)
        for right in range(-5, 6)
        if torch.equal(y, x.roll((down, right), (2, 3)))
    }
    assert len(shifts) > 10


@pytest.mark.parametrize("size", [(20, 31), (33, 20), (1, 9), (1, 1)])
def test_images_stay_in_range_and_size(size):
    x = torch.rand(2, 3, *size, generator=seeded(4))
    for seed in range(10):
        y = ALL(x, seeded(seed))
        assert y.shape == x.shape
        assert y.min() >= 0
        assert y.max() <= 1 + 1e-6


def test_the_generator_decides(x):
    assert torch.equal(ALL(x, seeded(3)), ALL(x, seeded(3)))
    assert not torch.equal(ALL(x, seeded(3)), ALL(x, seeded(4)))


def test_every_image_of_a_batch_moves_in_its_own_way(x):
    y = ALL(x[:1].expand(3, -1, -1, -1), seeded())
    assert not torch.equal(y[0], y[1])
    assert not torch.equal(y[1], y[2])


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("size", [(40, 40), (30, 50)])
def test_a_slope_is_turned_scaled_and_shifted_as_geometry_says(size, seed):
    """The value of a slope at a place is known, so where each pixel came from is known too."""
    height, width = size
    rows = torch.arange(height)[:, None] - (height - 1) / 2
    columns = torch.arange(width)[None] - (width - 1) / 2
    slope = (0.5 + 0.004 * columns + 0.003 * rows).expand(1, 3, height, width)
    moved = Transforms(jitter=3, scale=0.1, rotation=15)(slope, seeded(seed))
    right, down, grow, turn = (torch.rand(4, 1, generator=seeded(seed)) * 2 - 1)[:, 0].tolist()
    zoom, angle = 1 + 0.1 * grow, math.radians(15 * turn)
    from_column = (math.cos(angle) * columns - math.sin(angle) * rows) / zoom + 3 * right
    from_row = (math.sin(angle) * columns + math.cos(angle) * rows) / zoom + 3 * down
    expected = (0.5 + 0.004 * from_column + 0.003 * from_row).expand(1, 3, height, width)
    inside = (from_column.abs() < width / 2 - 1) & (from_row.abs() < height / 2 - 1)
    assert inside.float().mean() > 0.6
    torch.testing.assert_close(moved[..., inside], expected[..., inside], rtol=0, atol=1e-4)


def test_a_gradient_reaches_the_pixels(x):
    at = x.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(ALL(at, seeded()).sum(), at)
    assert (gradient > 0).float().mean() > 0.8
    # the map is linear: what it does along a line is what its gradient says
    step = torch.rand(x.shape, generator=seeded(9))
    change = ALL(x + step, seeded()).sum() - ALL(x, seeded()).sum()
    torch.testing.assert_close(change, (gradient * step).sum(), rtol=1e-3, atol=1e-2)


def test_total_variation_is_the_mean_difference_of_neighbours(x):
    expected = (x[..., 1:] - x[..., :-1]).abs().mean() + (
        x[..., 1:, :] - x[..., :-1, :]
    ).abs().mean()
    torch.testing.assert_close(total_variation(x), expected)
    assert total_variation(torch.full((1, 3, 4, 4), 0.7)) == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 12), (12, 1)])
def test_total_variation_of_thin_pictures_is_a_number(size):
    x = torch.rand(1, 3, *size, generator=seeded()).requires_grad_()
    value = total_variation(x)
    (gradient,) = torch.autograd.grad(value, x)
    assert value.isfinite()
    assert gradient.isfinite().all()
    if size == (1, 1):
        assert value == 0
        assert not gradient.any()
