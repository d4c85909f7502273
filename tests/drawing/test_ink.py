"""A photograph of writing becomes its ink: dark or bright, in any light, on paper or on nothing."""

import io

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from labs import zoo
from labs.data.strokes import sample
from labs.drawing import Drawing
from labs.drawing.ink import ink_of
from labs.drawing.mnist import as_mnist
from labs.images import decode
from tests.sentences import is_one_sentence


def figure_seven(size: int = 400) -> np.ndarray:
    """A thick 7 as ink in [0, 1], (size, size)."""
    picture = Image.new("L", (size, size))
    points = [(size * x, size * y) for x, y in ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))]
    ImageDraw.Draw(picture).line(points, fill=255, width=size // 14, joint="curve")
    return np.asarray(picture).astype(np.float32) / 255


def as_picture(grey: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(grey.astype(np.float32))[None, None]


@pytest.mark.parametrize("slope", [(0.0, 0.0), (0.3, 0.0), (0.0, -0.3), (0.2, 0.15)])
def test_dark_ink_on_shadowed_paper(slope):
    """Paper that darkens across the picture is evened out; the stroke alone stays."""
    truth = figure_seven()
    y, x = np.mgrid[-0.5:0.5:400j, -0.5:0.5:400j]
    paper = 0.8 + slope[0] * x + slope[1] * y
    grain = np.random.default_rng(1).normal(0, 0.01, paper.shape)
    ink, inverted = ink_of(as_picture((paper * (1 - 0.75 * truth) + grain).clip(0, 1)))
    assert inverted
    assert ink.shape == (1, 1, 256, 256)
    assert 0 <= ink.min() <= ink.max() <= 1
    small = torch.nn.functional.interpolate(as_picture(truth), (256, 256), mode="area")
    assert ink[small > 0.9].mean() > 0.9
    assert ink[small == 0].mean() < 0.02
    assert zoo.load("lenet-mnist")(as_mnist(ink)).argmax() == 7


def test_bright_ink_on_dark_is_taken_as_it_is():
    truth = figure_seven()
    ink, inverted = ink_of(as_picture(0.1 + 0.8 * truth))
    assert not inverted
    assert zoo.load("lenet-mnist")(as_mnist(ink)).argmax() == 7


def test_the_same_ink_from_paper_and_from_its_negative():
    picture = as_picture(0.9 - 0.8 * figure_seven())
    (one, dark), (other, bright) = ink_of(picture), ink_of(1 - picture)
    assert (dark, bright) == (True, False)
    torch.testing.assert_close(one, other, atol=1e-4, rtol=0)


def in_light(name: str, size: int = 400) -> np.ndarray:
    """Paper as a dim photograph has it: (size, size) in [0, 1]."""
    y, x = np.mgrid[-0.5 : 0.5 : size * 1j, -0.5 : 0.5 : size * 1j]
    return {
        "grey 120": np.full((size, size), 120 / 255),
        "grey 60": np.full((size, size), 60 / 255),
        "from 180 to 100": (140 - 80 * x) / 255,
        "from 100 to 180": (140 + 80 * x) / 255,
        "darker below": (140 - 80 * y) / 255,
        "darker above": (140 + 80 * y) / 255,
        "darker in a corner": (150 - 60 * (x + y)) / 255,
        "a lamp in the middle": (170 - 160 * (x * x + y * y)) / 255,
        "half in the shade": (160 - 50 / (1 + np.exp(-30 * x))) / 255,
    }[name]


LIGHTS = (
    "grey 120", "grey 60", "from 180 to 100", "from 100 to 180", "darker below", "darker above",
    "darker in a corner", "a lamp in the middle", "half in the shade",
)  # fmt: skip


def test_ink_in_any_light_is_told_from_its_paper(subtests):
    """Dark ink on dim paper, and chalk on the same board: the ink is what differs from the rim."""
    net, rng = zoo.load("lenet-mnist"), np.random.default_rng(2)
    drawing = Drawing()
    for digit in (1, 5):
        drawing.replace(sample(digit))
        truth = np.asarray(drawing.picture.resize((400, 400))) / 255
        for light in LIGHTS:
            paper, grain = in_light(light), rng.normal(0, 0.008, truth.shape)
            for way, end in (("dark", 0.25 * paper), ("bright", paper + 0.75 * (1 - paper))):
                with subtests.test(light, digit=digit, ink=way):
                    picture = paper + (end - paper) * truth + grain
                    ink, dark = ink_of(as_picture(picture.clip(0, 1)))
                    assert dark == (way == "dark")
                    assert net(as_mnist(ink)).argmax() == digit


def on_nothing(mode: str, color: int) -> bytes:
    """A PNG of a 7 whose paper is transparent, and hidden there is the ink's own colour."""
    alpha = Image.new("L", (280, 280))
    ImageDraw.Draw(alpha).line([(70, 70), (200, 70), (120, 220)], fill=255, width=22)
    picture = Image.new("L", (280, 280), color).convert(mode)
    picture.putalpha(alpha)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def test_ink_on_transparent_paper(subtests):
    for mode in ("RGBA", "LA"):
        for color in (255, 200, 128, 60, 0):
            with subtests.test(mode, color=color):
                ink, dark = ink_of(decode(on_nothing(mode, color)))
                assert dark == (color < 128)
                assert zoo.load("lenet-mnist")(as_mnist(ink)).argmax() == 7


def blank() -> dict[str, torch.Tensor]:
    """Pictures of nothing: (1, C, H, W)."""
    clear = io.BytesIO()
    Image.new("RGBA", (90, 70), (9, 200, 30, 0)).save(clear, "PNG")
    shapes = ((1, 1, 1, 1), (1, 3, 1, 300), (1, 1, 300, 2), (1, 3, 700, 500))
    grain = np.random.default_rng(3).normal(0, 0.03, (400, 400))
    plain = {f"{grey} {shape}": torch.full(shape, grey)
             for shape in shapes for grey in (0.0, 0.4, 1.0)}  # fmt: skip
    papers = {light: as_picture(in_light(light)) for light in LIGHTS[:7]}
    return plain | papers | {
        "transparent": decode(clear.getvalue()),
        "grain": as_picture((0.6 + grain).clip(0, 1)),
    }  # fmt: skip


def test_a_picture_without_ink_is_one_sentence(subtests):
    for name, picture in blank().items():
        with subtests.test(name):
            with pytest.raises(ValueError, match="no ink") as refused:
                ink_of(picture)
            assert is_one_sentence(str(refused.value))
