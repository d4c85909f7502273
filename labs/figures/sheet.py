"""Maps as one small picture: the tiles of a stage, for pages that stand still."""

import numpy as np

from labs.figures.theme import THEMES, colormaps

SIGNED = ("signed", "gradient")


def rgb(color: str) -> tuple[int, int, int]:
    """Return "#rrggbb" as three bytes."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def colors(values: np.ndarray, *, limit: float, map: str, theme: str) -> np.ndarray:
    """Return values, any shape, as RGB bytes (..., 3); `limit` gets the strongest colour."""
    stops = np.array([rgb(c) for c in colormaps(theme)[map]], dtype=np.float32)
    low = -limit if map in SIGNED else 0.0
    at = np.clip((values - low) / (limit - low), 0, 1) * (len(stops) - 1)
    below = np.minimum(at.astype(int), len(stops) - 2)
    share = (at - below)[..., None]
    return (stops[below] * (1 - share) + stops[below + 1] * share + 0.5).astype(np.uint8)


def sheet(
    maps: np.ndarray, *, columns: int, scale: int = 3, gap: int = 6, map: str = "signed",
    theme: str = "light", between: str = "card",
) -> np.ndarray:  # fmt: skip
    """Return maps: (K, H, W) as tiles in one RGB picture (rows, columns, 3), sharing one scale.

    between: the theme's colour in the gaps.
    """
    count, height, width = maps.shape
    rows = -(-count // columns)
    shape = (rows * (height * scale + gap) - gap, columns * (width * scale + gap) - gap, 3)
    picture = np.empty(shape, dtype=np.uint8)
    picture[:] = rgb(getattr(THEMES[theme], between))
    limit = float(np.abs(maps).max()) or 1.0
    for k in range(count):
        tile = colors(maps[k], limit=limit, map=map, theme=theme)
        tile = tile.repeat(scale, axis=0).repeat(scale, axis=1)
        top = (k // columns) * (height * scale + gap)
        left = (k % columns) * (width * scale + gap)
        picture[top : top + height * scale, left : left + width * scale] = tile
    return picture
