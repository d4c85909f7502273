"""A matrix as a heat map with numbers under the pointer."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from labs.figures.theme import template


def heatmap(
    values: np.ndarray,
    *,
    labels: Sequence[str],
    x_title: str,
    y_title: str,
    unit: str,
    theme: str = "light",
    height: int = 420,
) -> go.Figure:
    """Return values: (rows, columns) in [0, 1] as a heat map, row 0 on top; height in pixels."""
    figure = go.Figure(
        go.Heatmap(
            z=np.asarray(values, dtype=np.float32),
            x=list(labels),
            y=list(labels),
            zmin=0,
            zmax=1,
            colorscale=[[0, "rgba(0,0,0,0)"], [1, template(theme).layout.colorway[0]]],
            colorbar={"title": {"text": unit}},
            hovertemplate=f"{y_title} %{{y}}, {x_title} %{{x}}: %{{z:.1%}}<extra></extra>",
        )
    )
    figure.update_layout(template=template(theme), height=height)
    figure.update_xaxes(title_text=x_title, type="category", automargin=True)
    figure.update_yaxes(
        title={"text": y_title, "standoff": 14}, type="category", autorange="reversed",
        automargin=True,
    )  # fmt: skip
    return figure
