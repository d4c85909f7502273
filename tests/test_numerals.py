"""Numbers for the eye: a true minus, never before 0, and words keep their hyphens."""

import math

import pytest
import torch

from labs.numerals import bracketed, counted, listed, minus, number, written


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("at (-0.32, -5) a two-layer net is 3.3e-16", "at (−0.32, −5) a two-layer net is 3.3e−16"),
        ("-0, -0.00, -0e+00 and -0.0e-05, but -0.01", "0, 0.00, 0e+00 and 0.0e−05, but −0.01"),
        ("nan, +nan, -inf and inf, not info", "NaN, NaN, −∞ and ∞, not info"),
        ("LeNet-5, 2016-11-03, e-5, x-1", "LeNet-5, 2016-11-03, e-5, x-1"),
    ],
)  # fmt: skip
def test_minus(text, want):
    assert minus(text) == want


def test_written():
    assert written(-1.514, ".3g") == "−1.51"
    assert written(-12345.0, ",.0f") == "−12,345"
    assert written(torch.tensor(-0.0004)) == written(-0.0) == "0.000"
    assert [written(x) for x in (-math.inf, math.inf, math.nan)] == ["−∞", "∞", "NaN"]


def test_a_number_has_an_exponent_where_three_decimals_say_little():
    assert [number(x) for x in (0, 0.0005, -0.0004, 99999.0, 1e5)] == [
        "0.000", "0.001", "−4.0e−04", "99999.000", "1.0e+05",
    ]  # fmt: skip
    assert number(0.005, least=0.01) == "5.0e−03"
    assert bracketed(-2) == "(−2.000)"
    assert bracketed(2) == "2.000"
    assert listed([1, -2]) == "(1.000, −2.000)"


def test_one_thing_is_no_plural():
    assert [counted(n, "layer") for n in (0, 1, 2)] == ["0 layers", "1 layer", "2 layers"]
    assert [counted(n, "entry") for n in (1, 2000)] == ["1 entry", "2,000 entries"]
    assert [counted(2, noun) for noun in ("class", "batch")] == ["2 classes", "2 batches"]
    assert counted(3.25, "bit", ".1f") == "3.2 bits"
