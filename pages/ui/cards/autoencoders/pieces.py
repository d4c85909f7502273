"""Panels that several parts of the autoencoder page have."""

from pages.ui.stage import Panel

DIGITS = tuple(str(k) for k in range(10))
PAD = Panel(
    "pad", "x", "Your drawing", "", "mouse, pen or finger", "your drawing",
    {"size": 200, "samples": DIGITS},
)  # fmt: skip


def ink(name: str, title: str, shape: str, note: str, alt: str, size: int = 132) -> Panel:
    """A picture of grey pixels from 0 to 1."""
    return Panel("image", name, title, shape, note, alt,
                 {"size": size, "map": "ink", "limit": 1, "click": False})  # fmt: skip


def inks(name: str, title: str, shape: str, note: str, alt: str, columns: int, tile: int) -> Panel:
    """Several such pictures as tiles."""
    return Panel("maps", name, title, shape, note, alt,
                 {"columns": columns, "tile": tile, "map": "ink", "limit": 1, "click": False,
                  "read": False})  # fmt: skip
