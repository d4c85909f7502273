"""What there is to see of the two layers: the units as maps, the chosen one's sum, the table."""

from typing import TYPE_CHECKING

import torch

from labs.basics.neuron.gates import XNOR
from labs.basics.neuron.places import NAMES, SMALL, mark
from labs.basics.neuron.unit import with_one
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron


def circuit(lab: "Neuron", f: Frame) -> None:
    """Add the two layers, as the network panel wants them, and their truth table."""
    net = lab.layers
    hidden, output = net.forward(SMALL)
    if "features" not in lab.told:
        f.maps["features"] = (2 * SMALL - 1).view(2, 40, 40).clamp(-1, 1)
        lab.told.add("features")
    units = torch.cat([hidden, output])
    f.maps["units"] = 2 * units.view(3, 40, 40) - 1
    f.values["theta"] = net.w.flatten()
    chosen = (1, 0) if lab.selected == 2 else (0, lab.selected)
    f.notes["network"] = {
        "features": [{"key": k, "name": n, "on": True} for k, n in (("x1", "x₁"), ("x2", "x₂"))],
        "single": False,
        "layers": [{"size": 2, "activation": "sigmoid", "at": 0},
                   {"size": 1, "activation": "sigmoid", "at": 6}],
        "limits": [1.0, 1.0], "frozen": [], "dead": [], "saturated": [], "selected": chosen,
        "edge": None, "gradient": False,
    }  # fmt: skip
    said = net.table()[:, 2:].tolist()
    output = " ".join(str(int(y >= 0.5)) for *_, y in said)
    f.notes["tables"]["table"] = {
        "said": f"output {output}" + (": XNOR" if net.xnor else "; wanted 1 0 0 1"),
        "good": net.xnor,
        "rows": [
            [corner, *(f"{v:.3f}" for v in row), t, mark(row[-1], t)]
            for corner, row, t in zip(NAMES, said, XNOR, strict=True)
        ],
    }
    w = net.w[lab.selected]
    place = torch.tensor(lab.probe, dtype=torch.float64)[:, None]
    inputs = with_one(place if lab.selected < 2 else net.forward(place)[0])[:, 0]
    names = ["x₁", "x₂"] if lab.selected < 2 else ["unit 1", "unit 2"]
    z = (inputs @ w).item()
    f.values["unit"] = torch.stack([inputs, w, inputs * w], 1)
    f.notes["unit"] = {
        "title": "The output" if lab.selected == 2 else f"Hidden unit {lab.selected + 1}",
        "text": f"at x₁ = {lab.probe[0]:.2f}, x₂ = {lab.probe[1]:.2f}",
        "layer": chosen[0], "unit": chosen[1], "names": ["bias", *names], "frozen": [],
        "chosen": None, "sum": f"z = {z:.3f}, g(z) = {torch.tensor(z).sigmoid():.6f}",
    }  # fmt: skip
