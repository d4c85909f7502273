"""The product that a step waits for: FBGEMM's is `torch.addmv`."""

import pytest
import torch

from labs.sequences.language.product import AVAILABLE, packed, product


@pytest.mark.skipif(not AVAILABLE, reason="FBGEMM is not here")
def test_what_runs_is_addmv(rng):
    W, x, bias = (torch.randn(shape, generator=rng) for shape in ((96, 160), 160, 96))
    W, out = W.half().float(), torch.empty(96)
    multiply = packed(W, x, out)
    assert multiply(bias) is not None
    torch.testing.assert_close(out, torch.addmv(bias, W, x), atol=1e-4, rtol=1e-4)
    x.neg_()  # read at every call
    assert multiply(bias).data_ptr() == out.data_ptr()
    torch.testing.assert_close(out, torch.addmv(bias, W, x), atol=1e-4, rtol=1e-4)


def test_weights_that_float16_does_not_hold_are_not_rounded(rng):
    W, x, bias = (torch.randn(shape, generator=rng) for shape in ((96, 160), 160, 96))
    out = torch.empty(96)
    assert packed(W, x, out) is None
    assert product(W, x, out)(bias).equal(torch.addmv(bias, W, x))
