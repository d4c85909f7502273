"""Pictures from strangers: any file to a tensor."""

import base64
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F
from PIL import ExifTags, Image, ImageOps, TiffTags
from torch import Tensor

from labs.picture_files import BROKEN, LONGEST, MAX_PIXELS, TooLargeError, fitting, opened

MAX_BYTES = 20_000_000
SENT = 600_000  # characters of a picture in base64
SMALL = 2**20  # pixels up to which a picture need not wait for its turn
TILE = 512  # pixels, about: the side of what is converted at a time
# At most two large pictures at a time.  Two threads rather than a semaphore, since the C library
# keeps memory for every thread that ever decoded.
_turns = ThreadPoolExecutor(2, "decode")


def decode(data: bytes, most: int = MAX_PIXELS) -> Tensor:
    """Return the picture in `data`: (1, C, H, W) in [0, 1], C = 1 for grey and 3 for colour.

    Rotated as its EXIF says; made smaller until its longer side is at most LONGEST; a transparent
    picture lies on black where what is visible is bright, else on white; of an animation, the first
    frame.  most: pixels that are decoded.
    Raises ValueError, one plain sentence, for anything that is no picture or too large.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"The file has {len(data) / 1e6:.0f} MB; pictures up to {MAX_BYTES / 1e6:.0f} MB work."
        )
    try:
        picture, pixels = opened(data, most)
        if pixels <= SMALL:
            return _tensor(picture)
        return _turns.submit(_tensor, picture).result()
    except TooLargeError as fault:
        raise ValueError(str(fault)) from None
    except Image.UnidentifiedImageError:
        raise ValueError(
            "The file is not a picture that can be read (JPEG, PNG, WebP, GIF, BMP or TIFF)."
        ) from None
    except BROKEN:
        raise ValueError("The picture is damaged or cut short.") from None


def sent_picture(event: Mapping) -> Tensor:
    """Return the picture that a browser sent as base64 `data`: (1, C, H, W) in [0, 1].

    Raises ValueError in one sentence.
    """
    data = event.get("data")
    if not isinstance(data, str) or len(data) > SENT:
        raise ValueError(f"A picture is sent as base64 of at most {SENT:,} characters.")
    try:
        raw = base64.b64decode(data, validate=True)
    except ValueError:
        raise ValueError("The picture that was sent is damaged.") from None
    return decode(raw)


def _tensor(picture: Image.Image) -> Tensor:
    picture = _made_small(picture)
    if picture.mode in ("LA", "RGBA"):
        picture = _on_paper(picture)
    x = torch.from_numpy(np.array(picture))
    x = x[None] if x.ndim == 2 else x.permute(2, 0, 1).contiguous()
    return (x if picture.mode == "F" else x.float().div_(255))[None]


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return a picture of mode LA or RGBA on the black or white from which it stands out."""
    mode, alpha = picture.mode[:-1], picture.getchannel("A")
    visible = np.asarray(alpha, np.float32)
    bright = (np.asarray(picture.convert("L")) * visible).sum() > 127.5 * visible.sum()
    paper = Image.new(mode, picture.size, "black" if bright else "white")
    paper.paste(picture.convert(mode), mask=alpha)
    return paper


def _made_small(picture: Image.Image) -> Image.Image:
    """Return the picture upright, its longer side at most LONGEST, in mode L, RGB, RGBA, LA or F.

    Converted by tiles: a second picture at full size would double what it takes.
    """
    if picture.format == "TIFF":
        exif = picture.getexif()
        for tag in TiffTags.TAGS_V2_GROUPS:  # Pillow would read all of these lists
            exif.pop(tag, None)
    picture.load()
    full = _full(picture)
    width, height = picture.size
    factor = max(1, max(width, height) // LONGEST)
    side = factor * max(1, TILE // factor)
    whole = None
    for top in range(0, height, side):
        for left in range(0, width, side):
            box = (left, top, min(left + side, width), min(top + side, height))
            part = _plain(picture.crop(box), full).reduce(factor)
            if whole is None:
                whole = Image.new(part.mode, (-(-width // factor), -(-height // factor)))
            whole.paste(part, (left // factor, top // factor))
    if len(picture.info.get("exif", b"")) < 2**20:  # Pillow makes Python objects of it
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1)
        whole.getexif()[ExifTags.Base.Orientation] = turned
    picture.close()
    size = fitting((width, height))
    if size != whole.size:
        box = (0, 0, width / factor, height / factor)
        exif, whole = whole.getexif(), whole.resize(size, Image.Resampling.BOX, box)
        whole.getexif().update(exif)
    return ImageOps.exif_transpose(whole)


def _full(picture: Image.Image) -> int:
    """Return what is white in a picture of large integers or floats."""
    if picture.mode not in ("I", "F"):
        return 65535
    largest = np.nan_to_num(np.array(picture.getextrema()), posinf=0, neginf=0).max()
    return 65535 if largest > 255 else 255 if largest > 1 else 1


def _plain(picture: Image.Image, full: int) -> Image.Image:
    """Return a picture of any mode in mode L, RGB, LA, RGBA, or F from 0 to 1."""
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        array = np.asarray(picture).astype(np.float32)
        array = np.nan_to_num(array, posinf=0, neginf=0) / full
        return Image.fromarray(array.clip(0, 1))
    grey = picture.mode in ("1", "L", "LA")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        return picture.convert("LA") if grey else picture
    return picture.convert("L" if grey else "RGB")


def quantise(x: Tensor) -> Tensor:
    """Return x in [0, 1] rounded to the 256 levels that a file has."""
    return (x * 255).round() / 255


def to_grey(x: Tensor) -> Tensor:
    """Return x: (1, C, H, W) as (1, 1, H, W), weighted as the eye does (ITU-R BT.601)."""
    if x.shape[1] == 1:
        return x
    return (x * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)


def fit_within(x: Tensor, side: int) -> Tensor:
    """Return x: (1, C, H, W) shrunk so that its longer side is at most `side` pixels."""
    height, width = x.shape[-2:]
    if max(height, width) <= side:
        return x
    scale = side / max(height, width)
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    return F.interpolate(x, size, mode="area")
