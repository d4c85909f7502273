"""The script gives the numbers of the screen."""

import re
import subprocess
import sys

import pytest

from labs.vision.convolution import Filter
from labs.vision.convolution.export import script


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "grid", "preset": "lecture"},
        {"source": "flower", "colour": "colour", "preset": "gabor", "size": 6,
         "flip": "convolution", "padding": 3, "mode": "reflect", "stride": 2},
        {"source": "cat", "way": "transposed", "stride": 2, "flip": "convolution", "padding": 1},
    ],
)  # fmt: skip
def test_the_script_repeats_the_output(changes, tmp_path):
    lab = Filter()
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    y = lab.output()
    settings = lab.settings
    text = script(lab.kernel, lab.how, str(settings["source"]), str(settings["colour"]))
    file = tmp_path / "convolution.py"
    file.write_text(text)
    out = subprocess.run([sys.executable, file], capture_output=True, text=True, check=True).stdout
    assert f"shape {tuple(y.shape)}" in out
    said = [float(v) for v in re.findall(r"-?\d+\.\d{6}", out)]
    want = [y.mean().item(), y.std().item(), y.min().item(), y.max().item()]
    assert said == pytest.approx(want, abs=2e-5)
