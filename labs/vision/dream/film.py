"""The whole ascent as a film."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from torch import Tensor

from labs import film_files

RATE = Fraction(25, 2)  # pictures a second
HELD = 18  # how often the last one is shown


def mp4(images: Sequence[Tensor], settings: Mapping[str, object]) -> bytes:
    """Return the images (1, 3, H, W) of bytes as an MP4, the settings as JSON in its comment."""
    return film_files.mp4(images, rate=RATE, held=HELD, comment=json.dumps(dict(settings)))
