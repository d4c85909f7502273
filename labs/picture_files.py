"""Picture files from strangers: looked at before they are decoded, whatever they claim."""

import io
import struct
import warnings

from PIL import Image, JpegImagePlugin, PngImagePlugin

# Pillow warns of what is refused or mended here.  Once for the process: threads share its filters.
warnings.filterwarnings("ignore", module=r"PIL\.")
PngImagePlugin.MAX_TEXT_MEMORY = 4_000_000  # bytes of a PNG's remarks, unpacked
# A large picture is one block, which goes back to the system at once, not several in the heap.
Image.core.set_block_size(128 << 20)

MAX_PIXELS = 24_000_000
MAX_MEMORY = 104_000_000  # bytes of a file and its pixels; making them small takes some more
LONGEST = 1024  # pixels of the longer side that anybody needs
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
# Pillow's bytes for a pixel; 4 in all other modes.
NARROW = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
# Not those with which a small file can ask for any amount of memory.
TIFF_COMPRESSIONS = {
    "raw", "packbits", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "tiff_ccitt", "group3",
    "group4", "jpeg",
}  # fmt: skip
LONG_LIST = 2**16  # numbers; each becomes a Python object
BYTES = (1, 2, 7)  # the kinds of lists in a TIFF that stay bytes
# What Pillow's readers raise when a file does not keep its format's word.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError,
    MemoryError, struct.error,
)  # fmt: skip


class TooLargeError(Exception):
    """A picture has too many pixels; the text is one sentence for the visitor."""


def opened(data: bytes, most: int) -> tuple[Image.Image, int]:
    """Return a picture that is not decoded yet, and how many pixels it has.

    A JPEG is told to decode to a fraction of its size.  most: pixels that are allowed; fewer where
    the format takes more memory.  Raises TooLargeError, or one of BROKEN.
    """
    _check_lists(data)
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise TooLargeError(
            f"The picture is too large; up to {most / 1e6:.2g} megapixels work."
        ) from None
    width, height = picture.size
    if picture.format == "TIFF":  # tiles may be larger than the picture
        width = max(width, picture.tag_v2.get(322, 0))
        height = max(height, picture.tag_v2.get(323, 0))
    pixels = width * height
    picture.draft(None, fitting(picture.size))  # nothing but a JPEG can
    share = picture.width * picture.height / pixels
    own = NARROW.get(picture.mode, 4)
    each = own * share + _working(picture, data, own)
    most = min(most, int((MAX_MEMORY - len(data)) / each))
    if pixels > most:
        raise TooLargeError(
            f"The picture is too large ({width} x {height} pixels); "
            f"up to {most / 1e6:.2g} megapixels work in a file like this one."
        )
    return picture, pixels


def fitting(size: tuple[int, int]) -> tuple[int, int]:
    """Return this size, made smaller until its longer side is at most LONGEST."""
    scale = min(1, LONGEST / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _check_lists(data: bytes) -> None:
    """Raise ValueError for lists of numbers longer than any picture needs."""
    if data.count(b"Exif\0\0") > 8:  # a JPEG's pieces, of 64 kB each, are read as one
        raise ValueError
    if not data.startswith((b"II", b"MM")):
        return
    order = "<" if data.startswith(b"II") else ">"
    version, at = struct.unpack_from(order + "HL", data, 2)
    (entries,) = struct.unpack_from(order + "H", data, at)
    directory = data[at + 2 : at + 2 + 12 * entries]
    for _, kind, count, _ in struct.iter_unpack(order + "HHLL", directory):
        if version != 42 or (count > LONG_LIST and kind not in BYTES):
            raise ValueError


def _working(picture: Image.Image, data: bytes, own: int) -> float:
    """Return how many bytes for each pixel a decoder takes at most, beside the pixel's `own`."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        n = picture.layers
        scan = b"\xff\xda" + struct.pack(">HB", 6 + 2 * n, n)  # its head, with all channels in it
        at = picture.fp.tell() - 8 - 2 * n
        if data[at : at + 5] == scan and "progressive" not in picture.info:
            return 0  # row by row
        areas = [h * v for _, h, v, _ in picture.layer]  # else all coefficients, 16 bits each
        return 2 * sum(areas) / max(1, max(areas))
    if picture.format == "TIFF":
        if picture.info["compression"] not in TIFF_COMPRESSIONS:
            raise ValueError
        strip = picture.tag_v2.get(277, 1) * max(picture.tag_v2.get(258, (1,))) / 8  # may be all
        turned = own if picture.tag_v2.get(274, 1) != 1 else 0
        return turned + (12 if picture.info["compression"] == "jpeg" else strip)
    return {"WEBP": 13, "BMP": 2}.get(picture.format, 0)
