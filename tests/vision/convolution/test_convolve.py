"""`convolve` against torch, scipy and the lecture's rows."""

import numpy as np
import pytest
import scipy.signal
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.vision.convolution import convolve, transpose

TORCH = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
BACK = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}


@st.composite
def cases(draw):
    """A random legal setting: dimensions, batch, channels, sides, kernel, steps."""
    dims = draw(st.integers(1, 3))
    most = {1: 17, 2: 11, 3: 6}[dims]
    taps = [draw(st.integers(1, 5 if dims < 3 else 3)) for _ in range(dims)]
    dilation = [draw(st.integers(1, 3)) for _ in range(dims)]
    padding = [draw(st.integers(0, 3)) for _ in range(dims)]
    stride = [draw(st.integers(1, 4)) for _ in range(dims)]
    reach = [d * (m - 1) + 1 for d, m in zip(dilation, taps, strict=True)]
    least = [max(1, r - 2 * p) for r, p in zip(reach, padding, strict=True)]
    sides = [draw(st.integers(low, max(low, most))) for low in least]
    n, inputs, outputs = (draw(st.integers(1, 6)) for _ in range(3))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**31)))
    x = torch.randn(n, inputs, *sides, dtype=torch.float64, generator=generator)
    kernel = torch.randn(outputs, inputs, *taps, dtype=torch.float64, generator=generator)
    return x, kernel, {"stride": stride, "padding": padding, "dilation": dilation}


@settings(max_examples=500)
@given(cases())
def test_it_is_torchs(case):
    x, kernel, steps = case
    want = TORCH[x.ndim - 2](x, kernel, **steps)
    got = convolve(x, kernel, **{k: tuple(v) for k, v in steps.items()})
    torch.testing.assert_close(got, want, atol=1e-10, rtol=1e-10)


@settings(max_examples=150)
@given(cases())
def test_the_transpose_is_torchs_and_the_gradient(case):
    x, kernel, steps = case
    tuples = {k: tuple(v) for k, v in steps.items()}
    x.requires_grad_()
    y = convolve(x, kernel, **tuples)
    (gradient,) = torch.autograd.grad(y, x, y.detach())
    sides = [
        s * (n - 1) + d * (m - 1) + 1 - 2 * p
        for n, m, s, p, d in zip(y.shape[2:], kernel.shape[2:], *steps.values(), strict=True)
    ]
    if min(sides) < 1:
        with pytest.raises(ValueError, match="cuts away all"):
            transpose(y.detach(), kernel, **tuples)
        return
    got = transpose(y.detach(), kernel, **tuples)
    want = BACK[x.ndim - 2](y.detach(), kernel, **steps)
    torch.testing.assert_close(got, want, atol=1e-9, rtol=1e-9)
    # a stride may leave the input's last cells aside: the transpose does not know of them
    seen = gradient[(..., *(slice(0, n) for n in got.shape[2:]))]
    torch.testing.assert_close(got, seen, atol=1e-9, rtol=1e-9)


@settings(max_examples=15)
@given(cases())
def test_gradients_are_torchs(case):
    x, kernel, steps = case
    x.requires_grad_()
    kernel.requires_grad_()
    want = torch.autograd.grad(TORCH[x.ndim - 2](x, kernel, **steps).pow(2).sum(), [x, kernel])
    y = convolve(x, kernel, **{k: tuple(v) for k, v in steps.items()})
    got = torch.autograd.grad(y.pow(2).sum(), [x, kernel])
    torch.testing.assert_close(got, want, atol=1e-7, rtol=1e-9)


@pytest.mark.parametrize("sides", [((9,), (4,)), ((8, 7), (3, 2)), ((5, 6, 4), (2, 3, 2))])
def test_flip_is_scipys_convolution(sides, rng):
    x = torch.randn(1, 1, *sides[0], dtype=torch.float64, generator=rng)
    kernel = torch.randn(1, 1, *sides[1], dtype=torch.float64, generator=rng)
    a, b = x[0, 0].numpy(), kernel[0, 0].numpy()
    valid = scipy.signal.convolve(a, b, mode="valid", method="direct")
    np.testing.assert_allclose(convolve(x, kernel, flip=True)[0, 0], valid, atol=1e-12)
    same = scipy.signal.correlate(a, b, mode="valid", method="direct")
    np.testing.assert_allclose(convolve(x, kernel)[0, 0], same, atol=1e-12)
    full = scipy.signal.convolve(a, b, mode="full", method="direct")
    padding = tuple(m - 1 for m in sides[1])
    got = convolve(x, kernel, padding=padding, flip=True)
    np.testing.assert_allclose(got[0, 0], full, atol=1e-12)


def test_the_lectures_rows():
    x = torch.tensor([[[1.0, 1, 1, 0, 0]]])
    w = torch.tensor([[[1.0, 0, 1]]])
    assert convolve(x, w).tolist() == [[[2, 1, 1]]]
    rows = ["11100", "01110", "00111", "00110", "01100"]
    grid = torch.tensor([[[list(map(float, row)) for row in rows]]])
    kernel = torch.tensor([[[[1.0, 0, 1], [0, 1, 0], [1, 0, 1]]]])
    assert convolve(grid, kernel)[0, 0].tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]


def test_one_by_one_mixes_channels(rng):
    x = torch.randn(2, 20, 4, 5, generator=rng)
    w = torch.randn(7, 20, 1, 1, generator=rng)
    want = torch.einsum("oc,nchw->nohw", w[..., 0, 0], x)
    torch.testing.assert_close(convolve(x, w), want)


def test_inputs_stay_as_they_were(rng):
    x, w = torch.randn(1, 2, 6, generator=rng), torch.randn(3, 2, 3, generator=rng)
    before = x.clone(), w.clone()
    convolve(x, w, padding=1, flip=True)
    transpose(x, w.transpose(0, 1))
    assert torch.equal(x, before[0])
    assert torch.equal(w, before[1])


@pytest.mark.parametrize(
    ("x", "kernel", "steps", "words"),
    [
        ((1, 1, 4), (1, 1, 5), {}, "reaches over 5 cells"),
        ((1, 1, 4), (1, 1, 3), {"dilation": 3}, "reaches over 7 cells"),
        ((1, 1, 4), (1, 1, 9), {"padding": 2}, "8 with its padding of 2"),
        ((1, 1, 4), (1, 1, 3), {"stride": 0}, "stride"),
        ((1, 1, 4), (1, 1, 3), {"padding": -1}, "padding"),
        ((1, 1, 4, 4), (1, 1, 3, 3), {"dilation": (1, 0)}, "dilation"),
        ((1, 1, 4, 4), (1, 1, 3, 3), {"stride": (1, 1, 1)}, "stride"),
        ((1, 2, 4), (1, 3, 3), {}, "3 input channels"),
        ((1, 2, 4), (1, 2, 3, 3), {}, "dimensions behind the channels"),
        ((2, 4), (2, 4), {}, "dimensions behind the channels"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(x, kernel, steps, words):
    with pytest.raises(ValueError, match=words):
        convolve(torch.zeros(x), torch.zeros(kernel), **steps)
