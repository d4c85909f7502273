"""Curves, and graphs with their numbers, as small pictures for pages that stand still."""

from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from labs.figures.theme import THEMES

WIDTH, HEIGHT = 600, 204  # pixels of a picture
FINE = 3  # times larger while it is drawn, so that edges are smooth
MARGIN = 16


def curves(lines: Sequence[tuple[np.ndarray, str, int]], theme: str) -> np.ndarray:
    """Return curves as an RGB picture (H, W, 3); they share both axes.

    lines: of each its points (2, N), the theme's colour and the width in pixels, the last on top.
    """
    picture, draw = _blank(theme)
    every = np.concatenate([points for points, _, _ in lines], axis=1)
    low, high = every.min(1), every.max(1)
    for points, color, width in lines:
        share = (points - low[:, None]) / np.maximum(high - low, 1e-9)[:, None]
        x = MARGIN + share[0] * (WIDTH - 2 * MARGIN)
        y = HEIGHT - MARGIN - share[1] * (HEIGHT - 2 * MARGIN)
        at = [(FINE * a, FINE * b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        draw.line(at, getattr(THEMES[theme], color), FINE * width, joint="curve")
    return _done(picture)


def graph(nodes: Sequence[Mapping], edges: Sequence[Mapping], theme: str) -> np.ndarray:
    """Return nodes, with their numbers, and edges, by weight, as an RGB picture (H, W, 3).

    nodes: with `x`, `y`, and `up`, the number as text; edges: with `from`, `to` and `weight`.
    """
    picture, draw = _blank(theme)
    colors, radius = THEMES[theme], 31
    wide, tall = (max(node[axis] for node in nodes) or 1 for axis in ("x", "y"))
    places = [
        (FINE * (60 + node["x"] / wide * (WIDTH - 120)),
         FINE * (40 + node["y"] / tall * (HEIGHT - 80)))
        for node in nodes
    ]  # fmt: skip
    most = max(abs(edge["weight"]) for edge in edges)
    for edge in edges:
        ink = colors.positive if edge["weight"] >= 0 else colors.negative
        width = round(FINE * (1 + 4 * abs(edge["weight"]) / most))
        draw.line([places[edge["from"]], places[edge["to"]]], ink, width)
    for node, (x, y) in zip(nodes, places, strict=True):
        r = FINE * radius
        draw.ellipse([x - r, y - r, x + r, y + r], colors.card, colors.dim, 2 * FINE)
        number = node["up"].replace("\u2212", "-")  # Pillow's own font has no minus
        draw.text((x, y), number, colors.ink, _font(17), anchor="mm")
    return _done(picture)


def _blank(theme: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (FINE * WIDTH, FINE * HEIGHT), THEMES[theme].card)
    return picture, ImageDraw.Draw(picture)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(FINE * size)


def _done(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))
