"""The script of the edges, and scikit-image's beside them."""

from collections.abc import Mapping

from PIL import Image

from labs.pictures import blur
from labs.vision.features import gradient
from labs.vision.features.edges import canny
from labs.vision.features.export import assemble

BODY = """made = canny(x, {sigma}, {low}, {high})
peer = skimage.feature.canny(x[0, 0].numpy(), {sigma}, {low}, {high})
print("edge pixels:", int(made.edges.sum()))
print("scikit-image:", int(peer.sum()), "of which differ:",
      int((made.edges[0, 0].numpy() != peer).sum()))
"""


def script(s: Mapping, side: int, drawing: Image.Image) -> str:
    """Return the script for settings s."""
    body = BODY.format(**s)
    return assemble("Canny's edges", s, side, drawing, (blur, gradient, canny), body)
