"""What is taken away: pictures that carry their settings, films, and a script that dreams again."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from labs.vision.dream import Dream
from labs.vision.dream.export import FRAME, LAST, gif, png, webp
from labs.vision.dream.film import HELD, RATE, mp4

ROOT = Path(__file__).parents[3]
SETTINGS = {"layer": "stage2.0", "category": "potter's wheel", "step_size": 0.02, "octaves": 3}


@pytest.fixture(scope="module")
def film() -> list[Tensor]:
    """Five pictures that differ, (1, 3, 20, 30) bytes."""
    generator = torch.Generator().manual_seed(0)
    return [
        torch.randint(0, 256, (1, 3, 20, 30), generator=generator, dtype=torch.uint8)
        for _ in range(5)
    ]


def array(x: Tensor) -> np.ndarray:
    return x[0].permute(1, 2, 0).numpy()


def test_a_png_holds_every_pixel_and_the_settings(film):
    picture = Image.open(io.BytesIO(png(film[0], SETTINGS)))
    assert picture.format == "PNG"
    np.testing.assert_array_equal(np.asarray(picture), array(film[0]))
    assert json.loads(picture.text["Settings"]) == SETTINGS
    assert picture.text["Software"] == "Glassbox"


def test_a_gif_has_every_picture_and_the_settings(film):
    picture = Image.open(io.BytesIO(gif(film, SETTINGS)))
    assert picture.format == "GIF"
    assert picture.n_frames == 5
    assert picture.info["loop"] == 0
    assert json.loads(picture.info["comment"]) == SETTINGS
    durations = []
    for i, x in enumerate(film):
        picture.seek(i)
        durations.append(picture.info["duration"])
        shown = np.asarray(picture.convert("RGB")).astype(int)
        assert np.abs(shown - array(x)).mean() < 40  # 256 colours for 600 random ones
    assert durations == [FRAME] * 4 + [LAST]


def test_a_webp_has_every_picture_and_the_settings(film):
    picture = Image.open(io.BytesIO(webp(film, SETTINGS)))
    assert picture.format == "WEBP"
    assert picture.n_frames == 5
    assert picture.size == (30, 20)
    assert json.loads(picture.getexif()[0x010E]) == SETTINGS
    assert Image.open(io.BytesIO(webp(film))).n_frames == 5


@pytest.mark.parametrize("size", [(20, 30), (21, 31), (2, 3), (1, 1)])
def test_an_mp4_has_every_picture_and_the_settings(size):
    rows = torch.linspace(0, 200, size[0])[:, None] + torch.zeros(size)
    images = [(rows + 10 * i).to(torch.uint8).expand(1, 3, *size) for i in range(5)]
    with av.open(io.BytesIO(mp4(images, SETTINGS))) as file:
        assert json.loads(file.metadata["comment"]) == SETTINGS
        (stream,) = file.streams.video
        assert stream.average_rate == RATE
        frames = [frame.to_ndarray(format="rgb24") for frame in file.decode(stream)]
    assert len(frames) == 5 + HELD - 1
    assert frames[0].shape[:2] == tuple(n + n % 2 for n in size)
    for shown, image in zip(frames, [*images, images[-1]], strict=False):
        assert np.abs(shown[: size[0], : size[1]].astype(int) - array(image)).mean() < 6
    assert np.abs(frames[-1].astype(int) - frames[5].astype(int)).mean() < 3  # it is held


@pytest.mark.parametrize("write", [gif, webp])
def test_a_film_of_one_picture_is_a_picture(film, write):
    picture = Image.open(io.BytesIO(write(film[:1], SETTINGS)))
    assert picture.n_frames == 1


def test_the_script_makes_the_same_pixels(tmp_path):
    dream = Dream("photo-net")
    wanted = {
        "start": "coffee", "size": 96, "layer": "stage2.0", "channel": 3, "octaves": 2, "steps": 2,
        "rotation": 4.5, "color": 0.5, "pull": 0.1, "category": "potter's wheel",
    }  # fmt: skip
    for name, value in wanted.items():
        dream.receive({"setting": name, "value": value})
    stroke = {"panel": "mask", "kind": "stroke", "begin": True, "width": 60}
    dream.receive(stroke | {"points": [[60, 60], [300, 200]]})
    for _ in range(3):
        assert dream.step()
    for strength in (0.01, 0.03):  # a knob is turned, a branch taken, a mask painted on the way
        dream.receive({"setting": "step_size", "value": strength})
    dream.step()
    dream.receive({"panel": "moments", "kind": "moment", "value": 2})
    dream.receive({"setting": "channel", "value": 5})
    dream.step()
    dream.receive(stroke | {"points": [[100, 300], [200, 320]]})
    assert dream.step()
    assert [at for at, _ in dream.recipe().deeds] == [3, 4, 4, 5]
    (tmp_path / "again.py").write_text(dream.script())
    done = subprocess.run(
        [sys.executable, "again.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    again = np.asarray(Image.open(tmp_path / "dream.png"))
    np.testing.assert_array_equal(again, array(dream.past.moments[-1][1]))
    moved = (dream.image - dream.first).abs().amax((0, 1)) > 1 / 255  # a branch rounds to bytes
    assert 0 < moved.float().mean() < 0.8  # only where the mask was painted
    assert f"{dream.past.values[-1][1]}" in done.stdout
    assert "nan" not in done.stdout
