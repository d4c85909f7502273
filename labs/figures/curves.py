"""Lines over steps, with hover."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from labs.figures.theme import THEMES, template


def curves(
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    x_title: str,
    y_title: str,
    log: bool = False,
    y_range: tuple[float, float] | None = None,
    mark: tuple[float, str] | None = None,
    theme: str = "light",
) -> go.Figure:
    """Return one line for each name in `lines`: name -> (x, y).

    mark: a value of x with a name, drawn as an upright line.
    """
    figure = go.Figure(
        [
            go.Scatter(x=list(x), y=list(y), mode="lines", name=name, line={"width": 2})
            for name, (x, y) in lines.items()
        ]
    )
    figure.update_layout(template=template(theme), height=340, hovermode="x unified")
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title, type="log" if log else "linear", range=y_range)
    if mark is not None:
        dim = THEMES[theme].dim
        figure.add_vline(
            mark[0], line={"color": dim, "dash": "dot", "width": 1.5},
            annotation={"text": mark[1], "font": {"color": dim}, "yshift": -4},
        )  # fmt: skip
    return figure
