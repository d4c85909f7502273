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
THIN = 0.5  # of a class's colour, the rest is the card's


def regions(
    classes: np.ndarray,
    *,
    x: np.ndarray,
    y: np.ndarray,
    leads: np.ndarray,
    names: Sequence[str],
    radius: np.ndarray,
    eps: float | None,
    path: np.ndarray,
    x_title: str,
    y_title: str,
    theme: str = "light",
) -> go.Figure:
    """Return classes: (Y, X) of int as coloured regions.

    leads: (P, Y, X), by how much each class that occurs, in order, leads all others; the boundary
    is where this is 0.  names: of the classes by number.  radius: (Y, X), whose contour at `eps`
    is the ball's rim.  path: (M, 2), a line from a dot to a star.
    """
    t = THEMES[theme]
    present = np.unique(classes)
    # ten classes keep their colours; of more, those that occur take them in turn
    own = present if len(names) <= len(CLASSES) else np.arange(len(present))
    colors = [_mixed(CLASSES[k % len(CLASSES)], t.card) for k in own]
    figure = go.Figure(_squares(classes, present, colors, x, y, names))
    for k, color, lead in zip(present, colors, leads, strict=True):
        figure.add_contour(
            z=lead, x=x, y=y,
            # Plotly shades what a constraint excludes
            contours={"type": "constraint", "operation": "<", "value": 0},
            fillcolor=color, line={"color": t.ink, "width": 1.5}, showscale=False,
            hoverinfo="skip", showlegend=False,
        )  # fmt: skip
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=f"“{names[k]}”",
            marker={"color": color, "size": 12, "symbol": "square"},
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
    figure.update_layout(
        template=template(theme), height=480,
        legend={"y": 1.02, "yanchor": "bottom", "xanchor": "left", "itemclick": False},
    )  # fmt: skip
    figure.update_xaxes(title_text=x_title, range=[x.min(), x.max()], constrain="domain")
    figure.update_yaxes(
        title_text=y_title, range=[y.min(), y.max()], scaleanchor="x", constrain="domain"
    )
    return figure


def _squares(
    classes: np.ndarray, present: np.ndarray, colors: Sequence[str], x: np.ndarray, y: np.ndarray,
    names: Sequence[str],
) -> go.Heatmap:  # fmt: skip
    """The points themselves: they tell their class, and fill what is left between the regions."""
    n = len(present)
    flat = [(edge, c) for i, c in enumerate(colors) for edge in (i / n, (i + 1) / n)]
    return go.Heatmap(
        z=np.searchsorted(present, classes).astype(np.float32), x=x, y=y, zmin=-0.5, zmax=n - 0.5,
        colorscale=flat, showscale=False, text=np.array(names)[classes],
        hovertemplate="%{text}<br>%{x:.2f}, %{y:.2f}<extra></extra>",
    )  # fmt: skip


def _mixed(color: str, paper: str) -> str:
    """A colour as it looks on paper when it is laid on thinly."""
    pairs = [(int(color[i : i + 2], 16), int(paper[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(THIN * a + (1 - THIN) * b):02x}" for a, b in pairs)
