"""Successive halving and Hyperband have the numbers of Li et al."""

import pytest

from labs.basics.search.halving import epochs, hyperband, schedule

LI = [  # R = 81, eta = 3, by Algorithm 1
    [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)],
    [(34, 3), (11, 9), (3, 27), (1, 81)],
    [(15, 9), (5, 27), (1, 81)],
    [(8, 27), (2, 81)],
    [(5, 81)],
]


def test_hyperband_is_li_et_als():
    assert hyperband(81, 3) == LI
    assert hyperband(1, 3) == [[(1, 1)]]
    assert hyperband(16, 4) == [[(16, 1), (4, 4), (1, 16)], [(6, 4), (1, 16)], [(3, 16)]]


def test_a_bracket_is_a_successive_halving():
    for bracket in hyperband(81, 3):
        n, r = bracket[0]
        assert schedule(n, r, 3, R=81) == bracket
    assert schedule(16, 1, 2) == [(16, 1), (8, 2), (4, 4), (2, 8), (1, 16)]


def test_a_trial_that_goes_on_is_resumed():
    assert epochs(LI[0]) == 81 + 27 * 2 + 9 * 6 + 3 * 18 + 54
    assert epochs([(5, 81)]) == 405


@pytest.mark.parametrize("R", [2, 10, 50, 243])
def test_the_last_rung_is_never_beyond_all_epochs(R):
    brackets = hyperband(R, 3)
    assert all(bracket[-1][1] == R for bracket in brackets)
    assert all(n >= 1 and r >= 1 for bracket in brackets for n, r in bracket)


@pytest.mark.parametrize("wrong", [(0, 1, 3), (9, 0, 3), (9, 1, 1)])
def test_what_is_no_schedule_is_refused(wrong):
    with pytest.raises(ValueError, match="eta"):
        schedule(*wrong)
