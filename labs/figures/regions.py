"""A plane coloured by class, with the boundary, a ball and a path upon it."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from labs.figures.theme import THEMES, template

# Ten colours that stay apart for colour-blind eyes (Okabe & Ito; Tol), soft enough to draw upon.
CLASSES = (
    "#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00", "#999999",
    "#882255", "#44aa99",
)  # fmt: skip


def regions(
    classes: np.ndarray,
    *,
    x: np.ndarray,
    y: np.ndarray,
    names: Sequence[str],
    radius: np.ndarray,
    eps: float | None,
    path: np.ndarray,
    x_title: str,
    y_title: str,
    theme: str = "light",
) -> go.Figure:
    """Return classes: (Y, X) of int as coloured regions.

    names: of the classes by number.  radius: (Y, X), whose contour at `eps` is the ball's rim.
    path: (M, 2), a line from a dot to a star.
    """
    t = THEMES[theme]
    present = np.unique(classes)
    index = np.searchsorted(present, classes).astype(np.float32)
    colors = [CLASSES[i % len(CLASSES)] for i in range(len(present))]
    steps = [(edge, c) for i, c in enumerate(colors) for edge in _edges(i, len(colors))]
    figure = go.Figure(
        go.Heatmap(
            z=index, x=x, y=y, zmin=-0.5, zmax=len(present) - 0.5, colorscale=steps,
            showscale=False, opacity=0.45, text=np.array(names)[classes],
            hovertemplate="%{text}<br>%{x:.2f}, %{y:.2f}<extra></extra>",
        )
    )  # fmt: skip
    for i, k in enumerate(present):
        line = {"color": t.ink, "width": 1.5}
        inside = (classes == k).astype(np.float32)
        if len(present) > 1:
            figure.add_contour(
                z=inside, x=x, y=y, contours={"start": 0.5, "end": 0.5, "coloring": "none"},
                line=line, showscale=False, hoverinfo="skip", showlegend=False,
            )  # fmt: skip
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=f"“{names[k]}”",
            marker={"color": colors[i], "size": 11, "symbol": "square"},
        )  # fmt: skip
    if eps is not None:
        figure.add_contour(
            z=radius, x=x, y=y, contours={"start": eps, "end": eps, "coloring": "none"},
            line={"color": t.accent, "width": 2, "dash": "dash"}, showscale=False,
            hoverinfo="skip", name="the budget", showlegend=True,
        )  # fmt: skip
    figure.add_scatter(
        x=path[:, 0], y=path[:, 1], mode="lines+markers", name="the attack's way",
        line={"color": t.ink, "width": 2},
        marker={"symbol": ["circle"] * (len(path) - 1) + ["star"], "size": 8, "color": t.ink},
    )  # fmt: skip
    figure.update_layout(template=template(theme), height=480)
    figure.update_xaxes(title_text=x_title, range=[x.min(), x.max()], constrain="domain")
    figure.update_yaxes(title_text=y_title, range=[y.min(), y.max()], scaleanchor="x")
    return figure


def _edges(i: int, n: int) -> tuple[float, float]:
    """The two ends of colour i of n in a scale of flat steps."""
    return i / n, (i + 1) / n
