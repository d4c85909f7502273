"""While one cell moves, its share and the rest are the whole output."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.vision.convolution.plane.answer import Answer
from labs.vision.convolution.plane.controls import MODE
from labs.vision.convolution.plane.filtering import Setting, filtered
from tests.sentences import is_one_sentence

SETTINGS = st.builds(
    Setting, st.integers(1, 3), st.integers(0, 4), st.integers(1, 3), st.sampled_from(MODE.keys),
    st.booleans(), st.booleans(),
)  # fmt: skip
MOVES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(-50, 50, width=32)), max_size=8
)


@settings(max_examples=30)
@given(SETTINGS, MOVES, st.integers(0, 2**31))
def test_whatever_the_hand_does_the_output_is_the_whole_convolution(how, moves, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.rand(2, 17, 14, generator=generator)
    kernel = torch.randn(4, 4, generator=generator)
    answer = Answer()
    answer.give(x, kernel, how)
    for row, col, value in moves:
        kernel = kernel.clone()
        kernel[row, col] = value
        y = answer.give(x, kernel, how)
        assert y is answer.give(x, kernel, how)
        try:
            want = filtered(x, kernel, how)
        except ValueError:
            assert is_one_sentence(answer.fault)
            continue
        assert not answer.fault
        torch.testing.assert_close(y, want, atol=1e-4, rtol=1e-5)


def test_a_long_drag_adds_no_error_up(rng):
    """After a thousand moves the output is as near to the whole convolution as after one."""
    x, how = torch.rand(1, 40, 40, generator=rng), Setting()
    kernel = torch.randn(3, 3, generator=rng)
    answer = Answer()
    answer.give(x, kernel, how)
    errors = []
    for value in torch.randn(1000, generator=rng).mul(1e3).tolist():
        kernel = kernel.clone()
        kernel[1, 1] = value
        errors.append((answer.give(x, kernel, how) - filtered(x, kernel, how)).abs().max().item())
        assert answer.shared
    assert max(errors[-100:]) <= max(errors[:100]) * 1.5
    kernel = kernel.clone()
    kernel[1, 1] = 0.5
    torch.testing.assert_close(
        answer.give(x, kernel, how), filtered(x, kernel, how), atol=1e-5, rtol=1e-5
    )


@pytest.mark.parametrize("other", ["picture", "way", "kernel"])
def test_another_picture_way_or_kernel_is_computed_anew(other, rng):
    x, kernel, how = torch.rand(1, 20, 20, generator=rng), torch.randn(3, 3), Setting()
    answer = Answer()
    answer.give(x, kernel, how)
    moved = kernel.clone()
    moved[0, 2] += 1
    answer.give(x, moved, how)
    assert answer.shared
    if other == "picture":
        x = x + 0.1
    elif other == "way":
        how = Setting(stride=2, padding=1)
    else:
        moved = moved * 2
    torch.testing.assert_close(
        answer.give(x, moved, how), filtered(x, moved, how), atol=1e-5, rtol=1e-5
    )
    assert not answer.shared
