"""Parametrisations begin at the picture they are given and never leave [0, 1]."""

import math

import pytest
import torch
from torch import Tensor

from labs.vision.dream.parametrisation import (
    COLOR,
    SHALLOW,
    decorrelate,
    fourier,
    noise,
    pixels,
    soften,
)

SIZES = [(1, 1), (1, 7), (8, 8), (9, 14), (33, 20)]


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def pictures(*size: int) -> Tensor:
    return torch.rand(2, 3, *size, generator=seeded(2))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", [pixels, fourier])
def test_it_begins_at_the_picture(make, size):
    start = pictures(*size)
    torch.testing.assert_close(make(start).render(), start, rtol=0, atol=2 * SHALLOW)


def test_black_and_white_are_kept_just_off_the_flat():
    start = torch.zeros(1, 3, 8, 8)
    start[..., 4:] = 1
    image = fourier(start).render()
    torch.testing.assert_close(image, start, rtol=0, atol=2 * SHALLOW)
    canvas = fourier(start)
    (gradient,) = torch.autograd.grad(canvas.render().square().sum(), canvas.parameters)
    assert gradient.abs().max() > 0


@pytest.mark.parametrize("make", [pixels, fourier])
@pytest.mark.parametrize("strength", [0.1, 10, 1000])
def test_it_never_leaves_the_range(make, strength):
    canvas = make(pictures(9, 14))
    moved = strength * torch.randn(canvas.parameters.shape, generator=seeded())
    image = canvas.image(canvas.parameters + moved)
    assert image.shape == (2, 3, 9, 14)
    assert image.min() >= 0
    assert image.max() <= 1


@pytest.mark.parametrize("make", [pixels, fourier])
def test_the_picture_it_came_from_is_left_alone(make):
    start = pictures(8, 8)
    before, canvas = start.clone(), make(start)
    with torch.no_grad():
        canvas.parameters.mul_(3)
    assert torch.equal(start, before)
    assert not start.requires_grad
    assert canvas.parameters.requires_grad


def test_colours_are_taken_apart_and_put_together():
    torch.testing.assert_close(torch.linalg.inv(COLOR) @ COLOR, torch.eye(3), rtol=0, atol=1e-5)
    assert torch.linalg.cond(COLOR) < 100
    brightness = COLOR[:, 0]
    assert brightness.min() > 0.9 * brightness.max()  # the first direction is grey, about


def test_in_fourier_space_large_structures_move_most():
    """The same change of a parameter moves the image more, the lower its frequency."""
    canvas = fourier(torch.full((1, 3, 32, 32), 0.5))
    moves = []
    for frequency in (1, 4, 12):
        change = torch.zeros_like(canvas.parameters)
        change[:, 0, 0, frequency, 0] = 0.1
        image = canvas.image(canvas.parameters + change)
        moves.append((image - 0.5).abs().mean().item())
    assert moves[0] > 2 * moves[1] > 4 * moves[2] > 0


def test_noise_is_grey_in_range_and_repeatable():
    x = noise(3, 20, 30, generator=seeded())
    assert x.shape == (3, 3, 20, 30)
    assert torch.equal(x, noise(3, 20, 30, generator=seeded()))
    assert not torch.equal(x, noise(3, 20, 30, generator=seeded(1)))
    assert abs(x.mean().item() - 0.5) < 0.01
    assert 0.04 < x.std().item() < 0.06
    loud = noise(1, 20, 30, generator=seeded(), contrast=3)
    assert loud.min() == 0
    assert loud.max() == 1


@pytest.mark.parametrize("side", [64, 128])
def test_a_change_is_worth_the_same_at_every_size(side):
    """So that one learning rate serves small tiles and the large picture."""
    canvas = fourier(torch.full((1, 3, side, side), 0.5))
    change = torch.zeros_like(canvas.parameters)
    change[:, 0, 0, 2, 0] = 0.1  # two waves across the picture
    moved = (canvas.image(canvas.parameters + change) - 0.5).abs().max().item()
    small = fourier(torch.full((1, 3, 32, 32), 0.5))
    change = torch.zeros_like(small.parameters)
    change[:, 0, 0, 2, 0] = 0.1
    expected = (small.image(small.parameters + change) - 0.5).abs().max().item()
    assert moved == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("size", [(1, 1), (7, 12), (16, 16), (33, 20)])
def test_softness_scales_every_frequency_by_its_power(size, rng):
    x = torch.randn(2, 3, *size, generator=rng)
    torch.testing.assert_close(soften(x, 0), x, rtol=1e-4, atol=1e-5)
    found = torch.fft.rfft2(soften(x, 0.7)) / torch.fft.rfft2(x)
    rows, columns = torch.fft.fftfreq(size[0]), torch.fft.rfftfreq(size[1])
    for i, row in enumerate(rows.tolist()):
        for j, column in enumerate(columns.tolist()):
            f = max(math.hypot(row, column), 1 / max(size))
            assert (found[..., i, j].real / f**-0.7).sub(1).abs().max() < 1e-2


def test_decorrelated_colours_lead_where_their_own_gradient_does(rng):
    """A small step of z moves the image C z along C times the gradient at z."""
    gradient = torch.randn(2, 3, 8, 8, generator=rng)
    z = torch.zeros(2, 3, 8, 8, requires_grad=True)
    image = torch.einsum("ij,njhw->nihw", COLOR, z)
    (at_z,) = torch.autograd.grad((image * gradient).sum(), z)
    expected = torch.einsum("ij,njhw->nihw", COLOR, at_z)
    found = decorrelate(gradient, 1.0)
    torch.testing.assert_close(found / found.norm(), expected / expected.norm())
    torch.testing.assert_close(decorrelate(gradient, 0.0), gradient)
    grey, hue = torch.ones(1, 3, 1, 1), torch.tensor([1.0, -1.0, 0.0]).view(1, 3, 1, 1)
    assert (
        decorrelate(grey, 0.8).norm() / grey.norm() > 3 * decorrelate(hue, 0.8).norm() / hue.norm()
    )
