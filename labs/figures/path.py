"""A path through a plane, step by step, with landmarks to find one's way."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from labs.figures.theme import THEMES, template


def path(
    points: np.ndarray, labels: Sequence[str], landmarks: Mapping[str, tuple[float, float]], *,
    x_title: str, y_title: str, theme: str = "light",
) -> go.Figure:  # fmt: skip
    """Return points: (T, 2) joined in order, each with its label and number, and named landmarks.

    The last point is the largest.
    """
    t = THEMES[theme]
    names, places = list(landmarks), list(landmarks.values())
    numbered = [f"{label}<sub>{i}</sub>" for i, label in enumerate(labels, 1)]
    sizes = [6] * (len(labels) - 1) + [12]
    figure = go.Figure(
        [
            go.Scatter(
                x=[p[0] for p in places], y=[p[1] for p in places], text=names, mode="text",
                textfont={"color": t.dim, "size": 12}, name="languages", hoverinfo="text",
            ),
            go.Scatter(
                x=points[:, 0].tolist(), y=points[:, 1].tolist(), text=numbered,
                mode="lines+markers+text", textposition="top center", name="the name",
                line={"color": t.accent, "width": 1.5}, marker={"size": sizes, "opacity": 1},
                textfont={"color": t.ink, "size": 15},
            ),
        ]
    )  # fmt: skip
    figure.update_layout(template=template(theme), height=500, showlegend=False)
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title)
    return figure
