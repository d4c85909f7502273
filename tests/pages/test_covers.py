"""Drawn covers: the colours stand where the numbers say."""

import numpy as np
import pytest

from labs.figures.sheet import rgb
from labs.figures.theme import THEMES
from pages.ui.covers.drawn import HEIGHT, MARGIN, WIDTH, curves, graph


@pytest.mark.parametrize("theme", THEMES)
def test_a_curve_goes_from_corner_to_corner(theme):
    line = np.array([[0.0, 1.0], [0.0, 1.0]])
    picture = curves([(line, "accent", 6)], theme)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    inked = np.abs(picture.astype(int) - rgb(THEMES[theme].accent)).sum(2) < 30
    rows, columns = inked.nonzero()
    assert abs(columns.min() - MARGIN) < 6
    assert rows[columns.argmin()] > rows[columns.argmax()]
    assert inked[HEIGHT // 2, WIDTH // 2]


def test_an_edge_has_the_colour_of_its_sign():
    nodes = [{"x": x, "y": y, "up": "0.500"} for x, y in ((0, 0), (0, 1), (1, 0.5))]
    edges = [{"from": 0, "to": 2, "weight": 1.0}, {"from": 1, "to": 2, "weight": -1.0}]
    picture = graph(nodes, edges, "light")
    colors = THEMES["light"]
    halves = picture[: HEIGHT // 2], picture[HEIGHT // 2 :]
    for half, color in zip(halves, (colors.positive, colors.negative), strict=True):
        near = np.abs(half.astype(int) - rgb(color)).sum(2) < 30
        assert near.sum() > 500
