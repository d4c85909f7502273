"""Lines over steps, with hover."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from labs.figures.theme import template


def curves(
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    x_title: str,
    y_title: str,
    log: bool = False,
    theme: str = "light",
) -> go.Figure:
    """Return one line for each name in `lines`: name -> (x, y)."""
    figure = go.Figure(
        [
            go.Scatter(x=list(x), y=list(y), mode="lines", name=name, line={"width": 2})
            for name, (x, y) in lines.items()
        ]
    )
    figure.update_layout(template=template(theme), height=340, hovermode="x unified")
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title, type="log" if log else "linear")
    return figure
