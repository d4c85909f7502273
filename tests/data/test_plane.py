"""Points on the plane: generated and pasted."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from labs.data.csv_points import MOST_POINTS, read
from labs.data.plane import DATA
from tests.sentences import is_one_sentence


@pytest.mark.parametrize("name", DATA)
def test_clean_points_lie_on_the_plane_and_come_back(name):
    points = DATA[name](120, 0.0, torch.Generator().manual_seed(3))
    again = DATA[name](120, 0.0, torch.Generator().manual_seed(3))
    assert points.x.equal(again.x)
    assert points.y.equal(again.y)
    assert points.x.shape == (2, 120)
    assert points.x.abs().max() <= 1
    if points.classes:
        assert points.y.unique().tolist() == list(range(points.classes))
    else:
        assert points.y.abs().max() <= 1


@pytest.mark.parametrize("name", DATA)
def test_noise_makes_a_difference(name):
    clean, noisy = (DATA[name](60, n, torch.Generator().manual_seed(3)) for n in (0.0, 0.8))
    assert not (clean.x.equal(noisy.x) and clean.y.equal(noisy.y))
    assert noisy.x.abs().max() <= 1  # the plane's edge holds them


def test_classes_of_a_csv():
    table = read("x1,x2,label\n0.1,0.2,cat\n-0.5,0.25,dog\n0,0,cat\n")
    assert table.points.classes == 2
    assert table.points.y.tolist() == [0, 1, 0]
    assert table.points.x[:, 1].tolist() == [-0.5, 0.25]


def test_numbers_of_a_csv_and_large_coordinates():
    table = read("10;20;0.5\n30;60;-0.25\n20;40;0\n")
    assert table.points.classes == 0
    torch.testing.assert_close(table.points.x[0], torch.tensor([-0.9, 0.9, 0.0]))
    assert "stretched" in table.remark


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "two lines"),
        ("1,2\n3,4\n", "Line 1: three values"),
        ("1,2,0\n1,x,1\n", "Line 2: x2 should be a number, not “x”"),
        ("1,2,0\n1,nan,1\n", "Line 2"),
        ("1,2,0\n\n1,2,\n", "Line 3: a label"),
        ("1e308,2,0\n-1e308,2,1\n", "Line 1: x1 should lie between -1e30 and 1e30, not “1e308”"),
        ("1,2,0.5\n1,2,-1e39\n", "Line 2: the label should lie between"),
        ("1,2,0.5\n1,2,nan\n", "Line 2: the label should be a number"),
        ("\n".join(f"{i},{i},{i}" for i in range(9)), "9 classes"),
        ("1,1,0\n" * (MOST_POINTS + 1), "2,000"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, word):
    with pytest.raises(ValueError, match=word) as fault:
        read(text)
    assert is_one_sentence(str(fault.value))


def test_the_largest_numbers_are_stretched():
    points = read("1e30,-1e30,1e30\n-1e30,1e30,0.5\n").points
    torch.testing.assert_close(points.x, torch.tensor([[0.9, -0.9], [-0.9, 0.9]]))
    torch.testing.assert_close(points.y, torch.tensor([1.0, 0.0]))


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_in_a_sentence(text):
    try:
        read(text)
    except ValueError as fault:
        assert is_one_sentence(str(fault)), fault
