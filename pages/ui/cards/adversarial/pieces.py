"""Panels that several cards have: a picture of either kind, and what is said of it."""

from pages.ui.stage import Panel

DIGITS = tuple(str(i) for i in range(10))
SIDES = {"digit": "28²", "photo": ""}


def image(kind: str, name: str, title: str, size: int, note: str, alt: str, **more) -> Panel:
    """Return a picture: ink from 0 to 1 for a digit, unless `more` names another map."""
    options = {"size": size, "click": False} | more
    if kind == "digit" and not {"map", "limit"} & options.keys():
        options |= {"map": "ink", "limit": 1}
    return Panel("image", name, title, SIDES[kind], note, alt, options)


def gradient(kind: str, name: str, title: str, size: int, note: str, alt: str, **more) -> Panel:
    """Return a gradient at every pixel, on a scale of its own."""
    return image(kind, name, title, size, note, alt, **{"map": "gradient", "scale": "layer"} | more)


def bars(kind: str, name: str, title: str, note: str = "", width: int = 140) -> Panel:
    """Return the probabilities: of the ten digits, or of the first few of a hundred classes."""
    options = {"labels": DIGITS, "percent": True, "click": False, "width": width}
    if kind == "photo":
        options |= {"labels": [""] * 5, "width": max(width, 230), "labelWidth": 200}
    return Panel("bars", name, title, "", note, f"probabilities, {title.lower()}", options)
