"""What there is to see of the neuron lab, card by card."""

from typing import TYPE_CHECKING

import torch

from labs.basics.neuron.gates import CORNERS, why_not_xor
from labs.basics.neuron.unit import with_one
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron

SIDE = 80
LOW, HIGH = -0.5, 1.5


def _places(side: int) -> torch.Tensor:
    at = LOW + (HIGH - LOW) * (torch.arange(side, dtype=torch.float64) + 0.5) / side
    x2, x1 = torch.meshgrid(at.flip(0), at, indexing="ij")
    return torch.stack([x1.flatten(), x2.flatten()])


PLACES, SMALL = _places(SIDE), _places(40)


def frame(lab: "Neuron") -> Frame:
    """Return the line, the sum at the probed place, the tables and the two layers."""
    f = Frame(notes={"settings": dict(lab.settings), "titles": {}, "words": {}})
    plane(lab, f)
    arithmetic(lab, f)
    tables(lab, f)
    layers(lab, f)
    f.notes["met"] = sorted(lab.met)
    f.notes["say"] = f"{lab.right} of {len(lab.y)} right."
    return f


def plane(lab: "Neuron", f: Frame) -> None:
    """Add the plane, the points, the line and its two handles."""
    f.maps["plane"] = 2 * lab.says(PLACES).view(1, SIDE, SIDE) - 1
    if "points" not in lab.told:
        f.values["points"] = torch.stack([*lab.x, lab.y, torch.ones_like(lab.y)])
        lab.told.add("points")
    foot, tip = lab.handles()
    along = torch.stack([-lab.w[2], lab.w[1]]) / lab.w[1:].norm().clamp_min(1e-9)
    ends = torch.stack([foot - 4 * along, foot + 4 * along], 1)
    f.values["plane.lines"] = ends[None]
    f.notes["plane"] = {
        "classes": 2, "limit": 1.0, "low": [LOW, LOW], "high": [HIGH, HIGH], "word": "y",
        "probability": True, "probe": lab.probe, "strong": True,
        "handles": [foot.tolist(), tip.tolist()],
    }  # fmt: skip
    f.notes["titles"]["plane"] = f"{lab.right} of {len(lab.y)} right"


def arithmetic(lab: "Neuron", f: Frame) -> None:
    """Add the weighted sum at the probed place."""
    x = with_one(torch.tensor(lab.probe, dtype=torch.float64)[:, None])[:, 0]
    z = (lab.w @ x).item()
    y = lab.says(torch.tensor(lab.probe, dtype=torch.float64)[:, None]).item()
    g = "g" if lab.settings["kind"] == "logistic" else "step"
    f.values["arithmetic.rows"] = torch.stack([x, lab.w, x * lab.w], 1)
    f.notes["arithmetic"] = {
        "title": f"The sum at ({lab.probe[0]:.2f}, {lab.probe[1]:.2f})",
        "text": "the cross on the plane; point anywhere else",
        "form": "sum", "labels": ["1 (bias)", "x₁", "x₂"],
        "sum": f"z = {z:.3f}, y = {g}(z) = {y:.6f}",
    }  # fmt: skip


def tables(lab: "Neuron", f: Frame) -> None:
    """Add the truth table, the course of learning, and what is to be said."""
    z = lab.w @ with_one(CORNERS)
    f.values["truth"] = torch.stack([*CORNERS, z, lab.says(CORNERS)], 1)
    f.values["course"] = torch.tensor(lab.history, dtype=torch.float64).T[:2].contiguous()
    loss = "cross-entropy, nats" if lab.settings["kind"] == "logistic" else "share of mistakes"
    f.notes["titles"]["course"] = loss
    rule = {
        "threshold": "McCulloch and Pitts: the unit fires when the sum reaches its threshold.  The "
        "weights are set by hand; nothing learns.",
        "perceptron": "The perceptron rule: one example a step, w ← w + η (t − y) x, and nothing "
        "where it is right.",
        "logistic": "A logistic unit: gradient descent on the mean cross-entropy, w ← w − η X (y − "
        "t) / N.",
    }
    said = [{"title": "The rule", "text": rule[str(lab.settings["kind"])]}]
    if lab.settings["gate"] == "XOR" and not lab.own:
        said.append({"title": "Why not XOR?", "text": why_not_xor()})
    f.notes["words"]["news"] = said


def layers(lab: "Neuron", f: Frame) -> None:
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
    table = net.table()
    f.values["table"] = table
    said = (table[:, 4] > 0.5).int().tolist()
    f.notes["captions"] = {
        "table": "output " + " ".join(map(str, said)) + (": XNOR" if net.xnor else ""),
        "truth": "y at the four corners",
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
