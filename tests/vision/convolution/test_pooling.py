"""Pooling, held to torch; winners, and what a shift does."""

import pytest
import torch
import torch.nn.functional as F

from labs.live import encode
from labs.vision.convolution.pooling import Pooling
from labs.vision.convolution.pooling.controls import FAR, POOL
from labs.vision.convolution.pooling.pool import (
    average_pool,
    global_average,
    max_pool,
    moved,
    places,
    windows,
)
from tests.sentences import is_one_sentence


def put(lab: Pooling, **changes) -> Pooling:
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


@pytest.mark.parametrize(("size", "stride"), [(1, 1), (2, 2), (3, 2), (2, 3), (5, 1)])
def test_pools_are_torchs(rng, size, stride):
    x = torch.randn(2, 3, 11, 13, generator=rng)
    values, winners = max_pool(x, size, stride)
    want, flat = F.max_pool2d(x, size, stride, return_indices=True)
    torch.testing.assert_close(values, want)
    rows, cols = places(winners[1, 2], size, stride)
    assert torch.equal(rows * 13 + cols, flat[1, 2].flatten())
    torch.testing.assert_close(average_pool(x, size, stride), F.avg_pool2d(x, size, stride))
    torch.testing.assert_close(global_average(x), F.adaptive_avg_pool2d(x, 1))


def test_a_window_that_does_not_fit_is_said():
    with pytest.raises(ValueError, match="a window of 5 does not fit into a map of 4 cells"):
        windows(torch.zeros(1, 1, 4, 9), 5, 1)


def test_moved_is_a_share():
    x = torch.tensor([3.0, 4.0])
    assert moved(x, x) == 0
    assert moved(x, 2 * x) == pytest.approx(1)
    assert moved(torch.zeros(2), x) == 0


@pytest.mark.parametrize("source", ["digit", "cat"])
def test_the_picture_moves_and_loses_only_its_rim(source):
    lab = put(Pooling(), source=source)
    still, right, down = lab.input(0, 0), lab.input(2, 0), lab.input(0, 3)
    assert torch.equal(right[..., 2:], still[..., :-2])
    assert torch.equal(down[..., 3:, :], still[..., :-3, :])


def test_a_shift_by_the_stride_moves_the_pooled_map_along():
    lab = put(Pooling(), size=2, stride=2)
    before, after = lab.passes(0, 0).pools["max"], lab.passes(4, 0).pools["max"]
    torch.testing.assert_close(after[..., 2:], before[..., :-2])


@pytest.mark.parametrize("pool", POOL.keys)
def test_the_frame_tells_the_window(pool):
    lab = put(Pooling(), pool=pool, size=3, stride=2, right=-2, down=1)
    lab.receive({"panel": "pooled", "kind": "hover", "row": 7, "col": 6})
    frame = lab.frame()
    rectified, pooled = lab.after.rectified, lab.after.pools[pool]
    if pool != "global":
        window = rectified[0, 0, 14:17, 12:15]
        torch.testing.assert_close(frame.values["arithmetic.patch"][0], window)
        want = window.max() if pool == "max" else window.mean()
        torch.testing.assert_close(pooled[0, 0, 7, 6], want)
    assert len(frame.notes["tables"]["moved"]["rows"]) == 5
    assert encode(frame, version=1)


def test_the_measured_line_goes_through_what_is_shown():
    lab = put(Pooling(), right=3, size=4, stride=4)
    lines = lab.shifts.T.tolist()
    assert lines[3] == pytest.approx([3, *lab.before.changes(lab.after)])
    assert lines[0] == [0, 0, 0, 0, 0, 0]
    assert len(lines) == FAR + 1


@pytest.mark.parametrize(
    "event",
    [{"panel": "pooled", "kind": "hover", "row": -1, "col": 0},
     {"panel": "other", "kind": "hover", "row": 1, "col": 0}],
)  # fmt: skip
def test_nonsense_is_refused_in_words(event):
    with pytest.raises(ValueError) as fault:
        Pooling().receive(event)
    assert is_one_sentence(str(fault.value))
