"""A drawing as MNIST would have it: centred, in its frame, and at every width legible."""

import pytest
import torch
import torch.nn.functional as F

from labs import zoo
from labs.data.strokes import sample
from labs.drawing import Drawing, Stroke
from labs.drawing.mnist import as_mnist, place_as_mnist, thicken_thin, to_picture


def drawn(digit: int, width: int) -> torch.Tensor:
    drawing = Drawing()
    drawing.replace([Stroke(width, False, stroke.points) for stroke in sample(digit)])
    return drawing.ink


@pytest.mark.parametrize("width", [4, 8, 16, 28, 44, 64, 90])
def test_samples_are_read_right_at_every_width(width):
    """Thin strokes must not vanish, thick ones not clog; at most one of ten may be misread."""
    model = zoo.load("lenet-mnist")
    seen = torch.cat([as_mnist(drawn(digit, width)) for digit in range(10)])
    assert seen.flatten(1).max(1).values.min() > 0.8
    said = model(seen).argmax(1).tolist()
    wrong = [(digit, now) for digit, now in enumerate(said) if digit != now]
    assert len(wrong) <= (1 if width == 90 else 0), wrong


@pytest.mark.parametrize("digit", range(10))
def test_mass_is_centred_and_the_frame_kept(digit):
    image = as_mnist(drawn(digit, 44))[0, 0]
    assert 0 <= image.min() <= image.max() <= 1
    at = torch.arange(28.0)
    mass = image.sum()
    assert abs((image.sum(1) @ at / mass).item() - 13.5) <= 0.51
    assert abs((image.sum(0) @ at / mass).item() - 13.5) <= 0.51
    rows, columns = image.any(1).nonzero(), image.any(0).nonzero()
    sides = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    assert 19 <= max(sides) <= 23  # 20, or a little more where a thin stroke was thickened


@pytest.mark.parametrize("size", [(256, 256), (100, 300), (7, 5)])
def test_a_shifted_drawing_is_seen_alike(size):
    ink = torch.zeros(1, 1, 400, 500)
    ink[..., 20 : 20 + size[0], 30 : 30 + size[1]] = torch.rand(
        size, generator=torch.Generator().manual_seed(1)
    ).clamp_min(0.2)
    torch.testing.assert_close(as_mnist(ink), as_mnist(ink.roll((60, 90), (2, 3))))


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (256, 256), (3, 900), (900, 3)])
def test_without_ink_black(shape):
    for level in (0.0, 0.05):
        assert as_mnist(torch.full((1, 1, *shape), level)).equal(torch.zeros(1, 1, 28, 28))


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (28, 28), (256, 256), (3, 900), (900, 3)])
def test_a_full_picture_of_any_shape_fits(shape):
    image = as_mnist(torch.ones(1, 1, *shape))
    assert image.shape == (1, 1, 28, 28)
    assert image.max().item() == pytest.approx(1, abs=1e-4)
    assert image.sum() >= 20


def test_one_pixel_of_ink_is_seen():
    ink = torch.zeros(1, 1, 256, 256)
    ink[..., 255, 0] = 0.3
    image = as_mnist(ink)
    assert image.max() > 0.9
    assert image.sum() >= 16


@pytest.mark.parametrize("width", [4, 44, 90])
@pytest.mark.parametrize("digit", [1, 2, 7])
def test_the_placement_maps_back(digit, width):
    """The ink's centre of mass, found in the small picture, lies where it lies in the drawing."""
    ink = drawn(digit, width)
    image, place = place_as_mnist(to_picture(ink))
    centre = []
    for picture in (image, ink):
        at_y, at_x = (torch.arange(n) + 0.5 for n in picture.shape[2:])
        grey = picture[0, 0] / picture.sum()
        centre.append(((grey.sum(1) @ at_y).item(), (grey.sum(0) @ at_x).item()))
    top, left, _, _ = place.box(*centre[0], 28, 28)
    assert (top, left) == pytest.approx(centre[1], abs=place.step)


def test_the_placement_of_a_mark():
    """One block far from the rest: its box in the small picture covers it in the drawing."""
    ink = torch.zeros(1, 1, 256, 256)
    ink[..., 40:200, 60:80] = 1
    ink[..., 40:60, 60:180] = 1
    image, place = place_as_mnist(to_picture(ink))
    rows, columns = image[0, 0].any(1).nonzero(), image[0, 0].any(0).nonzero()
    box = place.box(rows[0].item(), columns[0].item(), rows[-1].item() + 1, columns[-1].item() + 1)
    assert box == pytest.approx((40, 60, 200, 180), abs=place.step)


def test_a_drawing_is_placed_as_its_ink_is():
    drawing = Drawing()
    drawing.replace([Stroke(44, points=[(90, 60), (400, 200), (300, 450)])])
    image, _ = place_as_mnist(drawing.picture)
    assert image.equal(as_mnist(drawing.ink))


def test_a_hairline_grows_to_each_cells_largest_neighbour(rng):
    ink = F.pad(torch.rand(60, 60, generator=rng) * torch.eye(60), (8, 8, 8, 8))
    wide, reach = thicken_thin(ink.numpy())
    assert reach > 0
    pooled = F.max_pool2d(ink[None], 2 * reach + 1, stride=1, padding=reach)[0]
    assert torch.equal(torch.from_numpy(wide.copy()), pooled)
