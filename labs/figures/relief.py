"""A function of two variables as a surface in space, with paths on it."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from labs.figures.theme import THEMES, template


def relief(
    x: np.ndarray,
    y: np.ndarray,
    z: np.ndarray,
    paths: Mapping[str, np.ndarray],
    *,
    x_title: str,
    y_title: str,
    z_title: str,
    theme: str = "light",
) -> go.Figure:
    """Return z: (len(y), len(x)) as a surface; paths: name -> (points, 3), drawn on it."""
    t = THEMES[theme]
    colors = (t.accent, t.negative, t.gradient_positive, t.done, t.dim, t.ink)
    figure = go.Figure(
        go.Surface(
            x=x, y=y, z=z.astype(np.float32), colorscale="Magma", opacity=0.85,
            colorbar={"title": {"text": z_title}, "thickness": 12},
        )
    )  # fmt: skip
    for (name, path), color in zip(paths.items(), colors, strict=False):
        figure.add_scatter3d(
            x=path[:, 0], y=path[:, 1], z=path[:, 2], mode="lines", name=name,
            line={"width": 5, "color": color},
        )  # fmt: skip
    axes = {"gridcolor": t.line, "backgroundcolor": t.background, "color": t.dim}
    figure.update_layout(
        template=template(theme),
        height=560,
        scene={
            "xaxis": axes | {"title": {"text": x_title}},
            "yaxis": axes | {"title": {"text": y_title}},
            "zaxis": axes | {"title": {"text": z_title}},
            "aspectratio": {"x": 1.2, "y": 1, "z": 0.7},
        },
    )
    return figure
