"""Figures draw the numbers that they are given, with labelled axes."""

import numpy as np
import plotly.graph_objects as go
import pytest

from labs.figures.bars import bars
from labs.figures.curves import curves
from labs.figures.heatmap import heatmap
from labs.figures.regions import regions
from labs.figures.theme import THEMES

BOTH = pytest.mark.parametrize("theme", list(THEMES))


def labelled(figure: go.Figure) -> bool:
    return bool(figure.layout.xaxis.title.text and figure.layout.yaxis.title.text)


@BOTH
def test_bars_are_coloured_by_sign(theme):
    values = [1.5, -2.0, 0.0]
    figure = bars(values, labels=["a", "b", "c"], x_title="logit", y_title="digit", theme=theme)
    (bar,) = figure.data
    t = THEMES[theme]
    assert list(bar.x) == values
    assert list(bar.y) == ["a", "b", "c"]
    assert list(bar.marker.color) == [t.positive, t.negative, t.positive]
    assert labelled(figure)


@BOTH
def test_curves(theme):
    lines = {"train": ([1, 2], [3.0, float("nan")]), "test": ([], [])}
    figure = curves(lines, x_title="step", y_title="loss", log=True, theme=theme)
    assert [line.name for line in figure.data] == ["train", "test"]
    assert list(figure.data[0].x) == [1, 2]
    assert figure.layout.yaxis.type == "log"
    assert labelled(figure)
    figure.to_json()


@BOTH
def test_heatmap(theme):
    values = np.random.default_rng(0).random((3, 3))
    figure = heatmap(
        values, labels=["0", "1", "2"], x_title="said", y_title="true", unit="share", theme=theme
    )
    (map_,) = figure.data
    np.testing.assert_allclose(map_.z, values, rtol=1e-6)
    assert (map_.zmin, map_.zmax) == (0, 1)
    assert map_.colorbar.title.text == "share"
    assert labelled(figure)


def plane_of(classes: np.ndarray) -> dict:
    line = np.linspace(-1, 1, len(classes))
    leads = np.stack([np.where(classes == k, 1.0, -1.0) for k in np.unique(classes)])
    return {
        "classes": classes, "x": line, "y": line, "leads": leads,
        "radius": np.hypot(*np.meshgrid(line, line)), "path": np.zeros((2, 2)),
    }  # fmt: skip


def test_regions_have_a_colour_of_their_own_each():
    names = [str(k) for k in range(10)]
    squares = np.where(np.add.outer(range(5), range(5)) > 4, 8, 3)

    def colors(classes: np.ndarray) -> dict[str, str]:
        figure = regions(
            **plane_of(classes), names=names, eps=0.5, x_title="a", y_title="b", theme="dark"
        )
        assert labelled(figure)
        keys = [t for t in figure.data if t.type == "scatter" and t.mode == "markers"]
        return {t.name: t.marker.color for t in keys}

    two, one = colors(squares), colors(np.full((5, 5), 8))
    assert two.keys() == {"“3”", "“8”"}
    assert len(set(two.values())) == 2
    assert one["“8”"] == two["“8”"]  # whatever else occurs


def test_a_curve_can_be_marked():
    figure = curves({"a": ([0, 1], [1, 0])}, x_title="x", y_title="y", mark=(0.5, "here"))
    assert figure.layout.shapes[0].x0 == 0.5
    assert figure.layout.annotations[0].text == "here"
