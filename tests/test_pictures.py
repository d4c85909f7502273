"""Pictures of tensors: files that hold every level, the middle, the blur."""

import math

import torch
from scipy.ndimage import gaussian_filter

from labs.images import decode, quantise
from labs.pictures import blur, jpeg, middle, png


def test_a_png_holds_what_was_given_and_a_jpeg_nearly(rng):
    for shape in ((1, 3, 5, 7), (3, 5, 7), (1, 1, 4, 4), (1, 4, 4)):
        x = torch.rand(shape, generator=rng) * 1.2 - 0.1  # what is outside is cut
        want = quantise(x.clamp(0, 1)).view(1, *shape[-3:])
        assert torch.equal(decode(png(x)), want)
        assert torch.equal(decode(png((want * 255).round().byte())), want)
        assert (decode(jpeg(torch.full(shape, 0.4))) - 0.4).abs().max() < 0.02


def test_the_middle_is_as_far_from_both_edges():
    x = torch.arange(30.0).view(1, 5, 6)
    assert torch.equal(middle(x), x[:, :, 0:5])
    assert torch.equal(middle(x, 3), x[:, 1:4, 1:4])
    assert torch.equal(middle(x.mT, 2), x.mT[:, 2:4, 1:3])


def test_blur_is_scipys(rng):
    x = torch.rand(2, 3, 40, 31, generator=rng)
    for sigma, reach, border, mode in ((0.6, 2.5, "reflect", "mirror"),
                                       (1.5, 3, "replicate", "nearest")):  # fmt: skip
        radius = math.ceil(reach * sigma)
        want = gaussian_filter(
            x.numpy(), (0, 0, sigma, sigma), mode=mode, radius=(0, 0, radius, radius)
        )
        got = blur(x, sigma, border=border, reach=reach)
        torch.testing.assert_close(got, torch.from_numpy(want), rtol=1e-4, atol=1e-5)
