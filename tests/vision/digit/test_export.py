"""The script that is taken away prints what the screen shows."""

import subprocess
import sys

import pytest
import torch

from labs.vision.digit import Digit
from labs.vision.digit.export import rows, script
from labs.vision.digit.passes import LAYERS


def edited(lab: Digit) -> None:
    lab.receive({"kind": "edit", "index": 7, "value": 0.123456789})
    lab.receive({"kind": "click", "panel": "kernels2", "unit": 50})
    lab.receive({"kind": "edit", "index": 24, "value": -3.3})


def switched(lab: Digit) -> None:
    for panel, unit, row in (("conv1", 2, 0), ("conv2", 15, 0), ("fc1", 0, 4), ("fc2", 0, 2)):
        lab.receive({"kind": "click", "panel": panel, "unit": unit, "row": row, "col": 3})
        lab.receive({"setting": "switch"})
    lab.receive({"setting": "target", "value": "4"})


def tilted(lab: Digit) -> None:
    lab.receive({"setting": "tilt", "value": 23.4})
    edited(lab)
    switched(lab)


@pytest.mark.parametrize("change", [None, edited, switched, tilted])
def test_the_script_gives_the_same_numbers(change, tmp_path):
    lab = Digit()
    before = lab.look()[0].logits
    if change:
        change(lab)
        assert not torch.allclose(lab.look()[0].logits, before, atol=1e-3)
    a, gradients, target = lab.look()
    file = tmp_path / "digit.py"
    file.write_text(script(a.seen, lab.weights.tensors, lab.weights.off, target))
    done = subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    logits, probabilities, gradient = done.stdout.strip().splitlines()
    want = pytest.approx(a.logits.tolist(), abs=1e-5)
    assert [float(n) for n in logits.split()[1:]] == want
    want = pytest.approx(lab.frame().values["softmax"].tolist(), abs=1e-5)
    assert [float(n) for n in probabilities.split()[1:]] == want
    assert f"logit {target} " in gradient
    assert float(gradient.split()[-1]) == pytest.approx(
        gradients["seen"].abs().max().item(), abs=1e-5
    )


def test_the_script_needs_nothing_of_the_lab():
    lab = Digit()
    text = script(lab.look()[0].seen, lab.weights.tensors, lab.weights.off, 1)
    assert "labs" not in text.split("WEIGHTS =")[0]
    compile(text, "digit.py", "exec")
    assert max(map(len, text.splitlines())) <= 120


def test_the_table_holds_every_activation_and_gradient():
    a, gradients, _ = Digit().look()
    table = list(rows(a, gradients))
    assert len(table) == sum(getattr(a, layer).numel() for layer in LAYERS)
    picked = [r for r in table if r["layer"] == "fc2"]
    assert [r["activation"] for r in picked] == a.fc2.tolist()
    assert [r["gradient"] for r in picked] == gradients["fc2"].tolist()
