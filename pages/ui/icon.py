"""The icon in the browser's tab: a box of glass with something at work in it."""

from functools import cache

from PIL import Image, ImageDraw

from labs.figures.theme import LIGHT

SIDE = 128


@cache
def icon() -> Image.Image:
    """Return the icon, drawn here so that no other server is asked for one."""
    picture = Image.new("RGBA", (SIDE, SIDE))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((10, 10, 117, 117), 26, fill=LIGHT.card, outline=LIGHT.accent, width=10)
    nodes = [(40, 42), (40, 86), (88, 64)]
    for x, y in nodes[:2]:
        pen.line((x, y, *nodes[2]), fill=LIGHT.accent, width=6)
    for (x, y), color in zip(nodes, (LIGHT.accent, LIGHT.negative, LIGHT.accent), strict=True):
        pen.ellipse((x - 12, y - 12, x + 12, y + 12), fill=color)
    return picture
