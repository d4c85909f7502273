"""Drawings: strokes to pixels, and the link that carries them to somebody else."""

import base64
import random
import time
import tracemalloc
import zlib

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.drawing import (
    MAX_POINTS,
    UNITS,
    WIDTHS,
    Drawing,
    Stroke,
    from_link,
    parse_points,
    to_link,
    until,
)
from tests.sentences import is_one_sentence

POINT = st.tuples(st.integers(0, UNITS - 1), st.integers(0, UNITS - 1))
STROKE = st.builds(
    Stroke, st.integers(*WIDTHS), st.booleans(), st.lists(POINT, min_size=1, max_size=30)
)
STROKES = st.lists(STROKE, min_size=1, max_size=12)


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(data, 9, wbits=-15)).decode().rstrip("=")


@given(STROKES)
def test_a_link_brings_the_same_strokes(strokes):
    link = to_link(strokes)
    assert link.replace("-", "").replace("_", "").isalnum()  # needs no escaping in an address
    assert from_link(link) == strokes


def test_a_link_of_the_older_form_opens():
    strokes = [Stroke(44, False, [(10, 20), (30, 400), (0, 511)]), Stroke(4, True, [(0, 0)])]
    assert from_link("i2AW0dD4wWp9j5GTkYEBAA") == strokes


def test_a_curve_makes_a_short_link():
    line = [(100 + i, 100 + i // 2) for i in range(200)]
    assert len(to_link([Stroke(44, False, line)])) < 100


@pytest.mark.parametrize("points", [1, 3, 40, MAX_POINTS])
def test_the_largest_drawings_still_fit_a_link(points):
    """As many points as a drawing holds, as wild as can be, in strokes of `points` points."""
    rng = random.Random(points)
    strokes = [
        Stroke(128, True, [(rng.randrange(UNITS), rng.randrange(UNITS)) for _ in range(points)])
        for _ in range(MAX_POINTS // points)
    ]
    Drawing().replace(strokes)  # it is a drawing that the pad takes
    assert from_link(to_link(strokes)) == strokes


def test_many_strokes_take_little_more_time_than_one():
    def took(strokes: list[Stroke]) -> float:
        start = time.thread_time()
        Drawing().replace(strokes)
        return time.thread_time() - start

    many = [Stroke(44, False, [(200, 200)])] * MAX_POINTS
    one = [Stroke(44, False, [(200, 200)] * MAX_POINTS)]
    assert min(took(many) for _ in range(3)) < 5 * min(took(one) for _ in range(3))


def refused(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        from_link(text)
    assert is_one_sentence(str(caught.value))


GOOD = to_link([Stroke(44, False, [(10, 20), (30, 400), (0, 511)]), Stroke(4, True, [(0, 0)])])
BILLION = bytes([0x80, 0x94, 0xEB, 0xDC, 0x03])  # 1,000,000,000 as a varint


@pytest.mark.parametrize(
    "text",
    ["", "=", "a", "%%%", "é", "\ud800", "../../etc/passwd", "A" * 50_000, GOOD[:-2],
     GOOD[: len(GOOD) // 2], "!" + GOOD, packed(b""), packed(b"\0"), packed(b"\0" * 20_000),
     packed(b"\0" * 50_000_000), packed(b"\x80" * 20_000), packed(b"\xff" * 50_000_000),
     packed(bytes([88]) + BILLION + b"\0" * 30_000), packed(BILLION * 1000),
     packed(bytes([88, 1]) + BILLION + b"\0"), packed(bytes([88, 2, 0, 0])),
     packed(bytes([88, 1, 1, 1])), packed(bytes([6, 1, 0, 0])), packed(bytes([88, 0]))],
    ids=lambda text: ascii(text[:24]) + f"-{len(text)}")  # fmt: skip
def test_a_hostile_link_is_one_sentence(text):
    refused(text)


def test_a_link_with_more_points_than_a_drawing_holds_is_refused():
    refused(to_link([Stroke(44, False, [(5, 5)] * (MAX_POINTS + 1))]))


def test_a_bomb_takes_little_memory():
    text = packed(b"\0" * 200_000_000)  # 200 kB of text
    tracemalloc.start()
    refused(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@given(st.one_of(st.text(max_size=80), st.binary(max_size=80).map(packed)))
@settings(max_examples=300)
def test_any_text_is_a_drawing_or_a_sentence(text):
    try:
        strokes = from_link(text)
    except ValueError as fault:
        assert is_one_sentence(str(fault))
    else:
        Drawing().replace(strokes)


def test_a_link_with_one_wrong_letter_is_a_drawing_or_a_sentence(subtests):
    for at in range(len(GOOD)):
        with subtests.test(at=at):
            for letter in "Az0_":
                try:
                    Drawing().replace(from_link(GOOD[:at] + letter + GOOD[at + 1 :]))
                except ValueError as fault:
                    assert is_one_sentence(str(fault))


def test_a_dot_is_a_disc_of_its_width():
    drawing = Drawing()
    drawing.begin(100)
    drawing.extend([(255, 255)])
    ink = drawing.ink
    assert ink.shape == (1, 1, 256, 256)
    assert set(ink.unique().tolist()) == {0.0, 1.0}
    assert ink.sum().item() == pytest.approx(torch.pi * 25**2, rel=0.05)
    assert ink[0, 0, 127, 127] == 1


def test_a_line_covers_its_length_and_width():
    drawing = Drawing()
    drawing.begin(40)
    drawing.extend([(100, 200), (400, 200)])
    rows, columns = drawing.ink[0, 0].any(1).nonzero(), drawing.ink[0, 0].any(0).nonzero()
    assert len(rows) == pytest.approx(20, abs=2)
    assert len(columns) == pytest.approx(150 + 20, abs=2)


def test_an_eraser_takes_ink_away():
    drawing = Drawing()
    drawing.replace([Stroke(60, False, [(100, 200), (400, 200)])])
    before = drawing.ink.sum()
    drawing.begin(80, erase=True)
    drawing.extend([(250, 200)])
    assert 0 < drawing.ink.sum() < before
    assert drawing.ink[0, 0, 100, 125] == 0


def test_point_by_point_is_the_same_as_at_once():
    rng = random.Random(3)
    points = [(rng.randrange(UNITS), rng.randrange(UNITS)) for _ in range(30)]
    at_once, by_hand = Drawing(), Drawing()
    at_once.replace([Stroke(30, False, points)])
    by_hand.begin(30)
    for point in points:
        by_hand.extend([point])
    assert by_hand.strokes == at_once.strokes
    differing = (by_hand.ink != at_once.ink).float().mean()
    assert differing < 0.02  # joints are drawn a little differently


@pytest.mark.parametrize("width", [-5, 0, 1, 10**9])
def test_a_width_is_bounded(width):
    drawing = Drawing()
    drawing.begin(width)
    assert WIDTHS[0] <= drawing.strokes[0].width <= WIDTHS[1]


def test_too_many_points_are_refused_and_change_nothing():
    drawing = Drawing()
    drawing.replace([Stroke(9, False, [(1, 1)] * (MAX_POINTS - 1))])
    with pytest.raises(ValueError, match="4,000") as caught:
        drawing.extend([(2, 2), (3, 3)])
    assert is_one_sentence(str(caught.value))
    assert drawing.points == MAX_POINTS - 1


@given(STROKES, st.integers(-3, 400))
def test_until_keeps_exactly_the_first_points(strokes, points):
    kept = until(strokes, points)
    total = sum(len(stroke.points) for stroke in strokes)
    assert sum(len(stroke.points) for stroke in kept) == min(max(points, 0), total)
    flat = [p for stroke in strokes for p in stroke.points]
    assert [p for stroke in kept for p in stroke.points] == flat[: max(points, 0)]
    assert all(stroke.points for stroke in kept)


@pytest.mark.parametrize(
    "raw", [None, 3, "ab", {}, [1, 2], [[1]], [[1, 2, 3]], [[1, 2.0]], [[True, 1]], [["1", "2"]],
            [[-1, 0]], [[0, UNITS]], [[10**400, 0]], [(1, 2)], [[float("nan"), 0]], [[[1], 2]]],
)  # fmt: skip
def test_points_are_pairs_of_whole_numbers(raw):
    with pytest.raises(ValueError, match="whole numbers") as caught:
        parse_points(raw)
    assert is_one_sentence(str(caught.value))


def test_good_points_pass():
    assert parse_points([[0, 511], [3, 4]]) == [(0, 511), (3, 4)]
    assert parse_points([]) == []
