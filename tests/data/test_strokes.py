"""Samples: ten digits as strokes that a drawing takes and a link carries."""

import pytest

from labs.data.strokes import sample
from labs.drawing import UNITS, Drawing, from_link, to_link


@pytest.mark.parametrize("digit", range(10))
def test_a_sample_fits_the_pad_and_a_link(digit):
    strokes = sample(digit)
    assert all(0 <= v < UNITS for stroke in strokes for point in stroke.points for v in point)
    assert from_link(to_link(strokes)) == strokes
    assert len(to_link(strokes)) < 400
    drawing = Drawing()
    drawing.replace(strokes)
    share = drawing.ink.mean()
    assert 0.02 < share < 0.25
    assert drawing.ink[..., :8].max() == drawing.ink[..., -8:].max() == 0  # off the edges


def test_samples_are_fresh_each_time():
    sample(3)[0].points.clear()
    assert sample(3)[0].points
