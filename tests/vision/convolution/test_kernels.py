"""Kernels, their rank and their frequency response."""

import itertools

import numpy as np
import pytest
import scipy.ndimage
import torch

from labs.vision.convolution import kernels
from labs.vision.convolution.kernels import Shape, normalise, preset, resize, response, separate


def test_every_preset_fits_every_size(subtests):
    for size, name in itertools.product(range(1, 8), kernels.NAMES):
        with subtests.test(name, size=size):
            kernel = preset(name, Shape(size=size, sigma=1.3, angle=30, wavelength=5))
            assert kernel.shape == (size, size)
            assert kernel.isfinite().all()


def test_gaussian_is_scipys():
    point = np.zeros((7, 7))
    point[3, 3] = 1
    want = scipy.ndimage.gaussian_filter(point, 0.9, truncate=3 / 0.9)
    got = preset("gaussian", Shape(size=7, sigma=0.9))
    np.testing.assert_allclose(got, want, atol=1e-6)


def test_sums_are_what_the_names_say():
    shape = Shape(size=5, sigma=1.2, angle=20)
    for name in ("box", "gaussian", "motion", "binomial", "sharpen", "identity"):
        assert preset(name, shape).sum().item() == pytest.approx(1, abs=1e-5)
    for name in ("edge1", "edge2", "edge3", "sobel_x", "sobel_y", "log"):
        assert preset(name, shape).sum().item() == pytest.approx(0, abs=1e-5)


def test_gabor_turns_with_its_angle():
    straight = preset("gabor", Shape(size=7, sigma=2, angle=0, wavelength=4))
    upright = preset("gabor", Shape(size=7, sigma=2, angle=90, wavelength=4))
    torch.testing.assert_close(straight.rot90(), upright, atol=1e-5, rtol=1e-5)
    assert straight[3, 3] == 1
    assert straight[3, 5] < -0.3  # half a wave to the right
    torch.testing.assert_close(straight[:, 5] / straight[3, 5], straight[:, 3])


def test_motion_lies_along_its_angle():
    assert preset("motion", Shape(size=5))[2].sum().item() == pytest.approx(1)
    rising = preset("motion", Shape(size=5, angle=45))
    assert rising.flip(1).diag().sum() > 0.9


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_resize_keeps_the_middle(size, rng):
    kernel = torch.randn(3, 3, generator=rng)
    got = resize(kernel, size)
    assert got.shape == (size, size)
    if size in (3, 5):
        start = (size - 3) // 2
        torch.testing.assert_close(got[start : start + 3, start : start + 3], kernel)
        torch.testing.assert_close(got.abs().sum(), kernel.abs().sum())


def test_numbers_travel_exactly(rng):
    kernel = torch.randn(7, 7, generator=rng) * torch.logspace(-30, 3, 49).view(7, 7)
    assert torch.equal(kernels.read(kernels.written(kernel)), kernel)
    assert kernels.written(torch.tensor([[1.0, -0.5], [1e4, 0.1]])) == "1_-0.5_10000_0.1"


def test_normalise(rng):
    kernel = torch.rand(4, 4, generator=rng)
    assert normalise(kernel).sum().item() == pytest.approx(1)
    assert normalise(kernels.FIXED["edge3"]).abs().sum().item() == pytest.approx(1)
    assert normalise(torch.zeros(3, 3)).abs().sum() == 0


def test_rank_and_factors(rng):
    a, b = torch.randn(2, 5, generator=rng)
    parts = separate(torch.outer(a, b))
    assert parts.rank == 1
    torch.testing.assert_close(torch.outer(parts.column, parts.row), torch.outer(a, b))
    assert parts.products(5) == 10
    assert separate(torch.randn(4, 4, generator=rng)).rank == 4
    assert separate(kernels.FIXED["sobel_x"]).rank == 1
    assert separate(kernels.FIXED["edge2"]).rank == 2
    assert separate(torch.zeros(3, 3)).rank == 0


def test_response_is_the_sum_of_waves(rng):
    kernel = torch.randn(3, 3, generator=rng)
    got = response(kernel, 9)
    at = torch.arange(3.0)
    for row, col in ((4, 4), (0, 7), (6, 2)):
        fy, fx = (row - 4) / 9, (col - 4) / 9
        phase = 2 * torch.pi * (fy * at[:, None] + fx * at)
        want = torch.hypot((kernel * phase.cos()).sum(), (kernel * phase.sin()).sum())
        torch.testing.assert_close(got[row, col], want, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(response(kernel)[16, 16], kernel.sum().abs())
