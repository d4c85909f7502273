"""Colour with meaning, defined once: for Plotly, for the stage's JavaScript, for the legends.

Blue is positive, orange negative and the paper's own colour zero; purple and green are the two
signs of a gradient, so that no one takes a gradient for an activation; magma is for what has no
sign.  The pairs stay apart for colour-blind eyes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

import plotly.graph_objects as go


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme."""

    background: str
    card: str
    ink: str
    dim: str
    line: str
    accent: str
    positive: str
    negative: str
    gradient_positive: str
    gradient_negative: str
    done: str
    rose: str
    wood: str  # a board of Go, its lines, and the stones, which are the same in both themes
    grain: str
    black: str = "#22262f"
    white: str = "#fbfaf7"


LIGHT = Tokens(
    background="#fbfaf8",
    card="#ffffff",
    ink="#1d2330",
    dim="#6b7385",
    line="#e4e2dc",
    accent="#1f5fe0",
    positive="#1f5fe0",
    negative="#e8791a",
    gradient_positive="#7b2fa8",
    gradient_negative="#1b8a4b",
    done="#2a9d5c",
    rose="#c2366f",
    wood="#ecd6a6",
    grain="#7a6440",
)
DARK = Tokens(
    background="#0e1117",
    card="#161b24",
    ink="#e8ebf2",
    dim="#8d97aa",
    line="#262d3a",
    accent="#6aa2ff",
    positive="#6aa2ff",
    negative="#ffab57",
    gradient_positive="#c58bf2",
    gradient_negative="#5fd08d",
    done="#2a9d5c",
    rose="#ff85b0",
    wood="#8d7347",
    grain="#3b2f1b",
)
THEMES: Mapping[str, Tokens] = MappingProxyType({"light": LIGHT, "dark": DARK})

# matplotlib's magma, at nine equal steps (Smith & van der Walt, CC0)
MAGMA = (
    "#000004", "#1c1044", "#4f127b", "#812581", "#b5367a", "#e75263", "#fb8761", "#fec287",
    "#fcfdbf",
)  # fmt: skip


def colormaps(theme: str) -> dict[str, list[str]]:
    """Return each map as colours at equal steps, lowest value first.

    `signed` and `gradient` run from -1 through 0 to 1, the others from 0 to 1.  `ink` is a drawing
    on this theme's paper; `grey` is light, in which photographs are black at 0 in every theme.
    """
    t = THEMES[theme]
    return {
        "signed": [t.negative, t.card, t.positive],
        "gradient": [t.gradient_negative, t.card, t.gradient_positive],
        "ink": [t.card, t.ink],
        "grey": ["#000000", "#ffffff"],
        "unsigned": list(MAGMA),
    }


TEN = (  # of more classes than the tokens have colours for, such as digits; in both themes
    "#1f5fe0", "#e8791a", "#2a9d5c", "#d43d51", "#9457c4", "#8c6a3f", "#e377c2", "#7f8a99",
    "#b5a51c", "#19a9bd",
)  # fmt: skip


def palette() -> dict[str, dict]:
    """Return both themes' tokens, colour maps and colours of ten classes as plain data, for the
    stage.
    """
    return {n: asdict(t) | {"maps": colormaps(n), "ten": list(TEN)} for n, t in THEMES.items()}


def template(theme: str) -> go.layout.Template:
    """Return the Plotly template of a theme: hairlines, one accent, tabular figures."""
    t = THEMES[theme]
    axis = dict(
        gridcolor=t.line,
        linecolor=t.line,
        zerolinecolor=t.line,
        ticks="",
        title=dict(font=dict(color=t.dim, size=13)),
        tickfont=dict(color=t.dim, size=12),
    )
    return go.layout.Template(
        layout=dict(
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            font=dict(color=t.ink, size=13, family="system-ui, 'DejaVu Sans', sans-serif"),
            colorway=[t.accent, t.negative, t.gradient_positive, t.done, t.dim],
            colorscale=dict(
                diverging=_scale(colormaps(theme)["signed"]), sequential=_scale(list(MAGMA))
            ),
            xaxis=axis,
            yaxis=axis,
            margin=dict(l=56, r=16, t=16, b=48),
            hoverlabel=dict(bgcolor=t.card, bordercolor=t.line, font=dict(color=t.ink)),
            legend=dict(orientation="h", y=1.08, x=0, font=dict(color=t.dim)),
        )
    )


def _scale(colors: list[str]) -> list[tuple[float, str]]:
    return [(i / (len(colors) - 1), color) for i, color in enumerate(colors)]
