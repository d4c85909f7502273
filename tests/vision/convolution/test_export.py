"""The scripts give the numbers of the screen."""

import re
import runpy
import subprocess
import sys

import pytest

from labs.vision.convolution import Filter
from labs.vision.convolution.channels import Channels
from labs.vision.convolution.fit import Fit
from labs.vision.convolution.pipeline import Pipeline
from labs.vision.convolution.pooling import Pooling
from labs.vision.convolution.signal import Signal


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "grid", "preset": "lecture"},
        {"source": "flower", "colour": "colour", "preset": "gabor", "size": 6,
         "flip": "convolution", "padding": 3, "mode": "reflect", "stride": 2},
        {"source": "drawing", "preset": "emboss", "colour": "colour"},
        {"source": "cat", "way": "transposed", "stride": 2, "flip": "convolution", "padding": 1},
    ],
)  # fmt: skip
def test_the_script_repeats_the_output(changes, tmp_path, capsys):
    lab = put(Filter(), **changes)
    y = lab.answer.output
    out = ran(lab.script(), tmp_path, capsys)
    assert f"shape {tuple(y.shape)}" in out
    said = [float(v) for v in re.findall(r"-?\d+\.\d{6}", out)]
    want = [y.mean().item(), y.std().item(), y.min().item(), y.max().item()]
    assert said == pytest.approx(want, abs=2e-5)


def test_the_script_runs_by_itself(tmp_path):
    file = tmp_path / "convolution.py"
    file.write_text(put(Filter(), source="grid", preset="lecture").script())
    command = [sys.executable, "-I", file]  # without the project's folder
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "shape (1, 3, 3)" in out


def ran(text: str, tmp_path, capsys) -> str:
    """Return what a script prints that knows nothing of the project."""
    assert "labs" not in text
    file = tmp_path / "part.py"
    file.write_text(text)
    runpy.run_path(str(file))
    return capsys.readouterr().out


def put(lab, **changes):
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


def test_the_lines_script_repeats_the_output(tmp_path, capsys):
    lab = put(Signal(), signal="noise", taps="binomial", padding=2, flip="convolution")
    out = ran(lab.script(), tmp_path, capsys)
    said = [float(v) for v in re.findall(r"-?\d+\.\d+", out.splitlines()[0])]
    assert said == pytest.approx(lab.sliding.y.tolist(), abs=1e-3)
    assert "the same by its matrix True" in out


@pytest.mark.parametrize("way", ["bank", "separable"])
def test_the_channels_script_repeats_the_maps(way, tmp_path, capsys):
    lab = put(Channels(), way=way, stride=2, padding=1, size=5, source="china")
    out = ran(lab.script(), tmp_path, capsys)
    said = [float(v) for v in re.findall(r"mean (-?\d+\.\d+)", out)]
    assert said == pytest.approx(lab.layer.y[0].mean((1, 2)).tolist(), abs=1e-4)


def test_the_pooling_script_repeats_what_moved(tmp_path, capsys):
    lab = put(Pooling(), source="cat", size=3, stride=2, right=-2, down=1)
    out = ran(lab.script(), tmp_path, capsys)
    said = [float(v) for v in re.findall(r"differs by (\d+\.\d+)", out)]
    assert said == pytest.approx(lab.before.changes(lab.after), abs=1e-4)


@pytest.mark.parametrize("net", ["yours", "learned"])
def test_the_pipelines_script_repeats_every_stage(net, tmp_path, capsys):
    lab = put(Pipeline(), net=net)
    out = ran(lab.script(), tmp_path, capsys)
    said = [float(v) for v in re.findall(r"mean (-?\d+\.\d+)", out)]
    made, _ = lab.run()
    assert said == pytest.approx([y.mean().item() for y in made[1:]], abs=1e-4)


def test_the_fits_script_goes_the_same_way(tmp_path, capsys):
    lab = Fit()
    while lab.steps < 100:
        lab.step()
    out = ran(lab.script(), tmp_path, capsys)
    off = float(re.findall(r"step 100: .*off by (\S+)", out)[0])
    assert off == pytest.approx(lab.run.distance, rel=0.02)
