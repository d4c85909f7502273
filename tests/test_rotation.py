"""A picture that is turned, and the box around what was turned with it."""

import pytest
import torch

from labs.rotation import rotate, turned


@pytest.mark.parametrize("degrees", [0, 30, -45, 90, 180])
def test_a_box_turns_with_the_picture(degrees):
    picture = torch.zeros(1, 1, 28, 28)
    picture[..., 16:20, 9:15] = 1
    ink = rotate(picture, degrees, outside="zeros")[0, 0] > 0.3
    rows, columns = ink.any(1).nonzero(), ink.any(0).nonzero()
    seen = (rows.min(), columns.min(), rows.max() + 1, columns.max() + 1)
    assert turned((16, 9, 20, 15), degrees) == pytest.approx([float(v) for v in seen], abs=1.01)
