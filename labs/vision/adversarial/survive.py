"""Does it survive?  What pictures go through on their way: compression, blur, a turn, a crop.

Kurakin, Goodfellow & Bengio, "Adversarial examples in the physical world",
https://arxiv.org/abs/1607.02533
"""

from collections.abc import Callable, Mapping

import torch.nn.functional as F
from torch import Tensor

from labs.images import decode
from labs.numerals import minus
from labs.pictures import blur, jpeg, png
from labs.rotation import rotate


def eight_bits(x: Tensor, _: float = 0) -> Tensor:
    """Return x: (1, C, H, W) as it comes back from a PNG."""
    return decode(png(x)).to(x.dtype)


def compressed(x: Tensor, quality: float) -> Tensor:
    """Return x after JPEG of this quality."""
    return decode(jpeg(x, round(quality))).to(x.dtype)


def blurred(x: Tensor, sigma: float) -> Tensor:
    """Return x blurred by a Gaussian of sigma pixels."""
    return x if sigma < 0.05 else blur(x, sigma, border="replicate", reach=3).clamp(0, 1)


def turn(x: Tensor, degrees: float) -> Tensor:
    """Return x turned clockwise about its middle; what comes in from outside repeats the edge."""
    return rotate(x, degrees, outside="border").clamp(0, 1)


def crop(x: Tensor, pixels: float) -> Tensor:
    """Return x without `pixels` at each edge, enlarged to its old size."""
    n = round(pixels)
    if n == 0:
        return x
    inner = x[..., n:-n, n:-n]
    return F.interpolate(inner, x.shape[-2:], mode="bilinear", align_corners=False).clamp(0, 1)


# panel, the function, the setting that it takes
WAYS: Mapping[str, tuple[Callable[[Tensor, float], Tensor], str | None]] = {
    "eight": (eight_bits, None),
    "jpeg": (compressed, "quality"),
    "blur": (blurred, "blur"),
    "turn": (turn, "turn"),
    "crop": (crop, "crop"),
}


def label(name: str, settings: Mapping[str, float]) -> str:
    """Return a treatment as it is written, with its strength."""
    written = {
        "eight": "PNG, 8 bits",
        "jpeg": f"JPEG, quality {settings['quality']:.0f}",
        "blur": f"blur, σ {settings['blur']:.2g} px",
        "turn": minus(f"turn by {settings['turn']:.0f}°"),
        "crop": f"crop by {settings['crop']:.0f} px",
    }
    return written[name]


def treated(x: Tensor, settings: Mapping[str, float]) -> dict[str, Tensor]:
    """Return x: (1, C, H, W) after each treatment."""
    return {
        name: way(x, float(settings[knob]) if knob else 0.0) for name, (way, knob) in WAYS.items()
    }
