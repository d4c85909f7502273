"""Pictures from strangers: every mode comes out right, every bad file is one sentence."""

import io
import random
import struct
import subprocess
import sys
import threading
import time
import zlib

import numpy as np
import pytest
import torch
from PIL import Image

from labs.images import MAX_BYTES, decode, fit_within, to_grey
from labs.picture_files import LONGEST, MAX_PIXELS
from tests.sentences import is_one_sentence

RED, GREEN = (200, 30, 60), (10, 220, 40)
COLORS = np.array([[RED, GREEN, RED], [GREEN, GREEN, RED]], dtype=np.uint8)  # (2, 3, 3)
GREYS = np.array([[0, 100, 255], [50, 200, 17]], dtype=np.uint8)  # (2, 3)


def saved(picture: Image.Image, form: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(ValueError) as caught:
        decode(data)
    sentence = str(caught.value)
    assert is_one_sentence(sentence), sentence
    return sentence


def expect(x: torch.Tensor, pixels: np.ndarray, atol: float = 1e-6) -> None:
    """x: (1, C, H, W) shows pixels: (H, W) or (H, W, 3) in 0..255."""
    pixels = pixels[..., None] if pixels.ndim == 2 else pixels
    want = torch.from_numpy(pixels.transpose(2, 0, 1).astype(np.float32))[None] / 255
    assert x.dtype == torch.float32
    assert x.is_contiguous()
    torch.testing.assert_close(x, want, atol=atol, rtol=0)


@pytest.mark.parametrize("form", ["PNG", "BMP", "TIFF"])
def test_grey(form):
    expect(decode(saved(Image.fromarray(GREYS), form)), GREYS)


@pytest.mark.parametrize("form", ["PNG", "BMP", "TIFF"])
def test_rgb(form):
    expect(decode(saved(Image.fromarray(COLORS), form)), COLORS)


def test_webp():
    expect(decode(saved(Image.fromarray(COLORS), "WEBP", lossless=True)), COLORS)


def test_one_bit():
    bits = GREYS > 99
    expect(decode(saved(Image.fromarray(bits), "PNG")), bits * np.uint8(255))


def test_palette():
    picture = Image.fromarray(COLORS).convert("P", palette=Image.Palette.ADAPTIVE, colors=2)
    assert picture.mode == "P"
    expect(decode(saved(picture, "PNG")), COLORS)


def test_a_transparent_palette_entry_lies_on_white():
    picture = Image.fromarray(GREYS // 128).convert("P")
    picture.putpalette([10, 20, 30, 200, 100, 50])
    data = saved(picture, "PNG", transparency=0)
    index = np.asarray(picture)
    expect(decode(data), np.array([[255, 255, 255], [200, 100, 50]], np.uint8)[index])


def test_alpha_lies_on_white():
    alpha = np.array([[0, 255, 128], [255, 0, 255]], np.uint8)
    rgba = np.concatenate([COLORS, alpha[..., None]], axis=2)
    share = alpha[..., None] / 255
    want = COLORS * share + 255 * (1 - share)
    expect(decode(saved(Image.fromarray(rgba), "PNG")), want, atol=1.1 / 255)


def test_grey_with_alpha_lies_on_white_and_stays_grey():
    alpha = np.array([[0, 255, 128], [255, 0, 255]], np.uint8)
    picture = Image.fromarray(np.stack([GREYS, alpha], axis=2), "LA")
    want = GREYS * (alpha / 255) + 255 * (1 - alpha / 255)
    x = decode(saved(picture, "PNG"))
    expect(to_grey(x), want, atol=1.1 / 255)
    assert x.shape[1] == 1


def test_what_is_bright_on_transparency_lies_on_black(subtests):
    """White ink on nothing would be lost on white; the pixels that cannot be seen do not count."""
    alpha = np.array([[0, 255, 128], [255, 0, 255]], np.uint8)
    for hidden in (0, 255):
        bright = np.where(alpha > 0, 240, hidden).astype(np.uint8)
        for name, planes in (("LA", [bright]), ("RGBA", [bright] * 3)):
            with subtests.test(name, hidden=hidden):
                data = saved(Image.fromarray(np.stack([*planes, alpha], axis=2)), "PNG")
                expect(to_grey(decode(data)), 240 * (alpha / 255), atol=1.1 / 255)


def test_cmyk_jpeg():
    rgb = Image.new("RGB", (32, 32), (220, 60, 20))
    data = saved(rgb.convert("CMYK"), "JPEG", quality=98)
    assert Image.open(io.BytesIO(data)).mode == "CMYK"
    expect(decode(data), np.asarray(rgb), atol=8 / 255)


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bit(form):
    wide = np.array([[0, 1000, 65535], [32768, 7, 40000]], np.uint16)
    data = saved(Image.fromarray(wide), form)
    assert Image.open(io.BytesIO(data)).mode.startswith("I;16")
    expect(decode(data), wide / 257)


def test_thirty_two_bit_integers():
    wide = np.array([[0, 1000, 65535], [32768, 7, 40000]], np.int32)
    data = saved(Image.fromarray(wide), "TIFF")
    assert Image.open(io.BytesIO(data)).mode == "I"
    expect(decode(data), wide / 257, atol=1e-5)


@pytest.mark.parametrize("full", [1, 255, 65535])
def test_floats(full):
    unit = np.array([[0, 0.25, 1], [0.5, 0.75, 0.1]], np.float32)
    data = saved(Image.fromarray(unit * np.float32(full)), "TIFF")
    assert Image.open(io.BytesIO(data)).mode == "F"
    expect(decode(data), unit * 255, atol=1e-5)


def test_floats_that_are_no_numbers_stay_in_range():
    odd = np.array([[np.nan, np.inf, -np.inf], [-5, 0.5, 1]], np.float32)
    x = decode(saved(Image.fromarray(odd), "TIFF"))
    assert x.isfinite().all()
    assert x.min() >= 0
    assert x.max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation(orientation):
    """A picture stored turned, with the tag that says so, comes out upright."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Transpose that undoes each orientation
    upright = Image.fromarray(np.kron(COLORS, np.ones((8, 8, 1), np.uint8)))
    stored = upright
    if orientation > 1:
        stored = upright.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    expect(decode(saved(stored, "PNG", exif=exif)), np.asarray(upright))


def test_of_an_animation_the_first_frame():
    frames = [Image.new("RGB", (5, 4), color) for color in (RED, GREEN)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    expect(decode(data), np.full((4, 5, 3), RED, np.uint8))


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "I;16"])
def test_one_pixel(mode):
    x = decode(saved(Image.new(mode, (1, 1)), "PNG"))
    assert x.shape[2:] == (1, 1)


@pytest.fixture(scope="module")
def noisy_png() -> bytes:
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    return saved(Image.fromarray(noise), "PNG")


def test_a_png_cut_anywhere_is_refused(noisy_png):
    end = len(noisy_png) - 12  # the closing IEND chunk carries no pixels
    for cut in range(0, end - 10, 97):
        refused(noisy_png[:cut])


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"hello", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff",
     b"II*\0" + b"\xff" * 99, b"<svg xmlns='http://www.w3.org/2000/svg'/>", bytes(range(256)) * 9],
    ids=["empty", "zero", "text", "png head", "gif head", "jpeg head", "tiff head", "svg", "bytes"],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data):
    refused(data)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO", "PPM", "TGA"])
def test_a_damaged_file_is_a_picture_or_a_sentence(form):
    rng = random.Random(form)
    exif = Image.Exif()
    exif[0x0112] = 6
    options = {"exif": exif} if form in ("PNG", "JPEG", "TIFF", "WEBP") else {}
    whole = saved(Image.effect_noise((40, 30), 80).convert("RGB"), form, **options)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 2, 8))):
            near = rng.random() < 0.6
            data[rng.randrange(min(len(data), 120) if near else len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        try:
            x = decode(bytes(data))
        except ValueError as fault:
            assert is_one_sentence(str(fault)), str(fault)
        else:
            assert x.shape[0] == 1
            assert 0 <= x.min() <= x.max() <= 1


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int, *extra: bytes) -> bytes:
    """A small PNG that declares a giant picture."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(100_000, 100_000), (10_000, 9_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_its_size(size):
    told = refused(bomb(*size))
    assert "megapixels" in told
    assert "(0 x 0" not in told  # Pillow may refuse before the size is known


def test_a_bomb_of_text_is_refused():
    text = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 80_000_000, 9))
    refused(bomb(4, 4, text))


def jpeg_of_one_scan_a_colour(width: int, height: int) -> bytes:
    """A flat JPEG whose decoder must keep all coefficients: its scans hold one colour each."""
    whole = saved(Image.new("RGB", (width, height)), "JPEG", subsampling=0)
    at = whole.index(b"\xff\xda")
    scan = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 63, 0)
    return whole[:at] + scan + whole[at + 14 :]


def icon_with(png: bytes) -> bytes:
    """An ICO that holds a PNG of any size."""
    return struct.pack("<HHHBBBBHHLL", 0, 1, 1, 0, 0, 0, 0, 1, 32, len(png), 22) + png


def tiff(*entries: tuple[int, int, int, int]) -> bytes:
    """A TIFF of 10 x 10 pixels with these entries (tag, kind, count, value) in its directory."""
    usual = [(256, 4, 1, 10), (257, 4, 1, 10), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1),
             (273, 4, 1, 8), (277, 3, 1, 1), (279, 4, 1, 100)]  # fmt: skip
    listed = sorted({tag: (tag, *rest) for tag, *rest in [*usual, *entries]}.values())
    directory = b"".join(struct.pack("<HHLL", *entry) for entry in listed)
    pixels = zlib.compress(bytes(80_000_000), 9)
    head = b"II*\0" + struct.pack("<L", 8 + len(pixels)) + pixels
    return head + struct.pack("<H", len(listed)) + directory + bytes(4)


def exif_of_fractions(pieces: int) -> list[bytes]:
    """An EXIF block that is one list of fractions, in a JPEG's pieces of 64 kB."""
    count = pieces * 8000
    entry = struct.pack("<HHHLL", 1, 0x011A, 5, count, 26)
    block = b"II*\0" + struct.pack("<L", 8) + entry + bytes(4) + bytes(8 * count)
    cuts = [block[i : i + 65_000] for i in range(0, len(block), 65_000)]
    return [b"\xff\xe1" + struct.pack(">H", 8 + len(c)) + b"Exif\0\0" + c for c in cuts]


def large_files() -> dict[str, bytes]:
    """Files that would take 150 MB to 3 GB if they were decoded as they are, or nearly that."""
    rng = np.random.default_rng(0)
    grain = Image.fromarray(rng.integers(0, 256, (400, 600, 3), dtype=np.uint8))
    photo = grain.resize((6000, 4000))
    exif = Image.Exif()
    exif[0x0112] = 6
    square = (4890, 4890)
    clear = Image.new("RGBA", square, (255, 0, 0, 128))
    other = Image.new("RGBA", square, (0, 255, 0, 90))
    whole = saved(grain, "JPEG")
    return {
        "a photograph": saved(photo, "JPEG", exif=exif),
        "a progressive photograph": saved(photo, "JPEG", progressive=True, subsampling=0),
        "a photograph in scans": jpeg_of_one_scan_a_colour(6000, 4000),
        "a clear PNG": saved(clear, "PNG", exif=exif),
        "a palette": saved(Image.new("P", square), "PNG", transparency=0),
        "an animated PNG": saved(clear, "PNG", save_all=True, append_images=[other]),
        "16 bits": saved(Image.new("I;16", square), "PNG"),
        "floats": saved(Image.new("F", (3500, 3500)), "TIFF", compression="tiff_lzw"),
        "one strip": saved(
            Image.new("RGBA", (2900, 2900)), "TIFF", compression="tiff_lzw", strip_size=2**30,
            exif=exif,
        ),
        "a GIF": saved(Image.new("P", square), "GIF", transparency=0),
        "a WebP": saved(grain.resize((2400, 2400)), "WEBP", quality=10, method=0),
        "a large WebP": saved(grain.resize((3000, 3000)), "WEBP", quality=1, method=0),
        "a long picture": saved(Image.new("RGBA", (65_000, 369)), "PNG"),
        "an icon": icon_with(saved(Image.new("RGBA", (7000, 7000)), "PNG")),
        "a declared 30 GB": bomb(100_000, 100_000),
        "large tiles": tiff((322, 4, 1, 30_000), (323, 4, 1, 30_000), (324, 4, 1, 8),
                            (325, 4, 1, 70_000)),
        "a long list": tiff((273, 4, 2_000_000, 8)) + bytes(8_000_000),
        "fractions": whole[:2] + b"".join(exif_of_fractions(250)) + whole[2:],
    }  # fmt: skip


MEASURE = """
import os, pathlib, resource, sys
from labs.images import decode

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

for file in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        before = peak()
        try:
            said = tuple(decode(pathlib.Path(file).read_bytes()).shape)
        except ValueError as fault:
            said = fault
        print(peak() - before, said, flush=True)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, file
"""


def test_no_file_takes_much_memory(tmp_path, subtests):
    """Each in a process of its own: at most 120 MB above what it took before, decoded or not."""
    large = large_files()
    files = {name: tmp_path / name for name in large}
    for name, file in files.items():
        file.write_bytes(large[name])
    command = [sys.executable, "-c", MEASURE, *map(str, files.values())]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = {}
    for name, line in zip(files, done.stdout.splitlines(), strict=True):
        peak, said[name] = line.split(" ", 1)
        with subtests.test(name):
            assert int(peak) < 120_000
    taken = {name for name, shape in said.items() if shape.startswith("(")}
    assert taken == {
        "a photograph", "a clear PNG", "a palette", "an animated PNG", "16 bits", "floats",
        "one strip", "a GIF", "a WebP", "a long picture",
    }  # fmt: skip
    assert said["a photograph"] == f"(1, 3, {LONGEST}, {round(LONGEST * 2 / 3)})"


def test_the_largest_picture_is_taken_and_the_next_is_not():
    side = int(MAX_PIXELS**0.5)
    assert decode(saved(Image.new("L", (side, side)), "PNG")).shape[-1] == LONGEST
    assert "megapixels" in refused(saved(Image.new("L", (side + 1, side + 1)), "PNG"))


def test_a_large_picture_is_made_smaller_as_a_mean(subtests):
    """In every mode, and by no whole factor, as torch's mean over areas would."""
    y, x = np.mgrid[0:1:2300j, 0:1:1900j]
    grey = ((0.5 + 0.4 * np.sin(9 * x + 5 * y) * y) * 255).round().astype(np.uint8)
    color = np.stack([grey, 255 - grey, grey // 2], axis=2)
    for name, pixels, form in (
        ("grey", grey, "PNG"), ("colour", color, "PNG"), ("photograph", color, "JPEG"),
        ("16 bits", grey.astype(np.uint16) * 257, "PNG"),
        ("floats", grey.astype(np.float32) / 255, "TIFF"),
    ):  # fmt: skip
        with subtests.test(name):
            found = decode(saved(Image.fromarray(pixels), form))
            truth = torch.from_numpy((color if pixels.ndim == 3 else grey[..., None]) / 255)
            want = fit_within(truth.permute(2, 0, 1)[None].float(), LONGEST)
            assert found.shape == want.shape == (1, truth.shape[2], 1024, 846)
            assert (found - want).abs().max() < 0.03


def test_at_most_two_large_pictures_are_decoded_at_a_time(monkeypatch):
    """And a small one need not wait for them: the pad's own comes from the event loop."""
    large, small = (saved(Image.new("L", (side, side)), "PNG") for side in (1500, 256))
    gate, entered, load = threading.Event(), [], Image.Image.crop

    def wait(picture, box=None):
        if picture.width == 1500:
            entered.append(picture)
            gate.wait(30)
        return load(picture, box)

    monkeypatch.setattr(Image.Image, "crop", wait)
    visitors = [threading.Thread(target=decode, args=(large,)) for _ in range(6)]
    for visitor in visitors:
        visitor.start()
    assert decode(small).shape == (1, 1, 256, 256)
    time.sleep(0.3)
    within = len(entered)
    gate.set()
    for visitor in visitors:
        visitor.join()
    assert within == 2


def test_too_many_bytes_are_refused_before_they_are_read():
    assert "MB" in refused(b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES))
