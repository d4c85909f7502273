"""The course of a training keeps its beginning as well as its end."""

import math
from itertools import pairwise
from typing import NamedTuple

import pytest
import torch

from labs.training.course import Course, latest


class Report(NamedTuple):
    step: int
    loss: float


@pytest.mark.parametrize("apart", [1, 10])
@pytest.mark.parametrize("first", [0, 57])
def test_moments_stay_evenly_apart_and_the_newest_is_among_them(first, apart):
    course = Course(100)
    for step in range(first, first + 5003 * apart, apart):
        course.note((step, step**2))
        assert course[-1] == (step, step**2)
        assert len(course) <= 100
        assert course[0] == (first, first**2)
    steps = [step for step, _ in course]
    gaps = {b - a for a, b in pairwise(steps[:-1])}
    assert len(gaps) == 1
    assert len(steps) >= 50


def test_a_moment_noted_again_takes_the_place_of_the_first():
    course = Course(10)
    for step in range(23):
        course.note((step, 1.0))
        course.note((step, 2.0))
    assert {value for _, value in course} == {2.0}
    once = Course(10)
    for step in range(23):
        once.note((step, 2.0))
    assert once.moments == course.moments


def test_means_are_of_all_that_was_noted_since_the_moment_before():
    course = Course(10, mean=True, every=3)
    values = [float(step % 7 + step / 10) for step in range(1, 1000)]
    for step, value in enumerate(values, 1):
        course.note(Report(step, value))
        assert len(course) <= 10
        assert course[-1].step == step
        assert course.every == 3 or len(course) > 5
    begin = 0
    for moment in course:
        assert moment.loss == pytest.approx(sum(values[begin : moment.step])
                                            / (moment.step - begin))  # fmt: skip
        begin = moment.step
    assert {b.step - a.step for a, b in pairwise(course[:-1])} == {course.every}


@pytest.mark.parametrize("mean", [False, True])
def test_a_course_that_was_cut_goes_on_as_evenly(mean):
    course = Course(10, mean=mean)
    for step in range(1, 100):
        course.note((step, 1.0))
    course.cut(course[4][0])
    assert len(course) == 5
    for step in range(course[-1][0] + 1, 300):
        course.note((step, 1.0))
        assert len(course) <= 10
    steps = [step for step, _ in course]
    assert len({b - a for a, b in pairwise(steps[:-1])}) == 1
    course.cut(0)
    assert not course
    course.note((1, 2.0))
    course.note((2, 4.0))
    assert course[-1][0] == 2


def test_what_was_known_by_a_step():
    course = Course(10)
    for step in range(0, 50, 10):
        course.note((step, step / 10))
    steps = torch.tensor([-5.0, 0, 9, 10, 39, 1000])
    assert latest(course.table(), steps)[1].tolist() == [0, 0, 0, 1, 3, 4]


def test_a_table_has_a_row_for_each_number():
    course = Course(10)
    assert course.table().shape == (0, 0)
    for step in range(3):
        course.note((step, -step, math.nan))
    table = course.table()
    assert table[:2].tolist() == [[0, 1, 2], [0, -1, -2]]
    assert table.shape == (3, 3)
    assert table[2].isnan().all()
    assert table.is_contiguous()
