"""The course of a training keeps its beginning as well as its end."""

from itertools import pairwise

import pytest

from labs.training.course import Course


@pytest.mark.parametrize("apart", [1, 10])
def test_moments_stay_evenly_apart_and_the_newest_is_among_them(apart):
    course = Course(100)
    for step in range(0, 5003 * apart, apart):
        course.note((step, step**2))
        assert course.moments[-1] == (step, step**2)
        assert len(course.moments) <= 100
    steps = [step for step, _ in course.moments]
    gaps = {b - a for a, b in pairwise(steps[:-1])}
    assert steps[0] == 0
    assert len(gaps) == 1
    assert len(steps) >= 50


def test_a_moment_noted_again_takes_the_place_of_the_first():
    course = Course(10)
    for value in (1.0, 2.0):
        course.note((0, value))
    assert course.moments == [(0, 2.0)]
