"""Signed numbers by class, as horizontal bars."""

from collections.abc import Sequence

import plotly.graph_objects as go

from labs.figures.theme import THEMES, template


def bars(
    values: Sequence[float], *, labels: Sequence[str], x_title: str, y_title: str,
    theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Return one bar for each value, blue where it is positive and orange where negative."""
    t = THEMES[theme]
    figure = go.Figure(
        go.Bar(
            x=list(values),
            y=list(labels),
            orientation="h",
            marker={"color": [t.positive if v >= 0 else t.negative for v in values]},
            text=[f"{v:.2f}" for v in values],
            hovertemplate=f"%{{y}}: %{{x:.4f}} {x_title}<extra></extra>",
        )
    )
    figure.update_layout(template=template(theme), height=360)
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title, type="category", autorange="reversed")
    return figure
