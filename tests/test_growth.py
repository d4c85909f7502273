"""A long training costs what a short one costs: its records are bounded."""

from labs.live import encode
from tests.bench.growth import LABS, after, memory

FEW, MANY = 10_000, 20_000  # a course is as full after twice as many: it halves at powers of two


def test_a_lab_is_no_heavier_and_says_no_more_after_many_steps(subtests):
    for name in LABS:
        few, many = after(name, FEW), after(name, MANY)
        with subtests.test(name):
            assert memory(many) <= 1.02 * memory(few)
            assert len(encode(many.frame())) <= 1.02 * len(encode(few.frame()))
