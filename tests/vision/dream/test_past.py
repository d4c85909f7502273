"""The past of a dream: scrubbed, branched from, bounded."""

from itertools import pairwise

import torch

from labs.vision.dream.past import KEPT, POINTS
from tests.vision.dream.hand import put, scrub, went


def test_scrub_shows_the_past_and_leaves_the_dream(dream):
    went(dream, 4)
    last = dream.image
    scrub(dream, 2)
    assert dream.frame().notes["timeline"] == {"at": 2, "count": 4}
    torch.testing.assert_close(dream.picture, dream.past.moments[2][1] / 255)
    scrub(dream, 0)
    torch.testing.assert_close(dream.picture, dream.first, rtol=0, atol=0.5 / 255 + 1e-6)
    scrub(dream, 4)
    assert torch.equal(dream.picture, last)
    assert dream.steps == 4


def test_a_branch_goes_on_from_the_past(dream):
    went(dream, 4)
    scrub(dream, 1)
    past = dream.picture
    put(dream, branch=True)
    assert dream.steps == 1
    assert torch.equal(dream.image, past)
    assert [values[0] for values in dream.past.values] == [1]
    assert len(dream.past.moments) == 2
    went(dream, 2)
    assert [number for number, _ in dream.past.moments] == [0, 1, 2, 3]


def test_a_step_from_the_past_is_a_branch(dream):
    went(dream, 3)
    scrub(dream, 1)
    went(dream, 1)
    assert dream.steps == 2
    assert dream.picture is dream.image


def test_the_history_is_bounded_and_in_order(dream):
    put(dream, size=96, layer="stem", octaves=6, octave_scale=2.0)
    dream.bring(torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0)))
    for _ in range(3 * KEPT):
        dream.step()
        assert len(dream.past.moments) <= KEPT
    numbers = [number for number, _ in dream.past.moments]
    assert numbers[0] == 0
    assert numbers[-1] == dream.count == 3 * KEPT
    assert len({b - a for a, b in pairwise(numbers[:-1])}) == 1
    torch.testing.assert_close(dream.past.moments[-1][1] / 255, dream.image, rtol=0, atol=0.003)
    assert dream.frame().values["objective"].shape[1] <= POINTS


def test_no_moment_is_in_the_history_twice(dream):
    dream.bring(torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0)))
    went(dream, 2 * KEPT)
    numbers = [number for number, _ in dream.past.moments]
    assert len(set(numbers)) == len(numbers)
