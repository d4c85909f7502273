"""What the net of doodles learns from: as many drawings of each kind, and none of them twice over
both parts.
"""

from pathlib import Path

import pytest

from labs.zoo.train.doodles import EACH, HELD_OUT, KINDS, load_doodles

DATA = Path(__file__).parents[3] / "shared" / "data"


def test_every_kind_comes_as_often():
    if not (DATA / "quickdraw").exists():
        pytest.skip("the training data is not beside this checkout")
    doodles = load_doodles(DATA)
    assert doodles.x.shape == (len(KINDS) * EACH, 1, 28, 28)
    assert 0 <= doodles.x.min() < doodles.x.max() <= 1
    assert doodles.y.bincount().tolist() == [EACH] * len(KINDS)
    assert doodles.y_held.bincount().tolist() == [HELD_OUT] * len(KINDS)
    seen = {x.numpy().tobytes() for x in doodles.x}
    assert not seen & {x.numpy().tobytes() for x in doodles.x_held}
    assert not seen & {x.numpy().tobytes() for x in doodles.x_test}
