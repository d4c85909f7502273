"""What there is to see of the neuron lab, card by card."""

from typing import TYPE_CHECKING

import torch

from labs.basics.neuron import words
from labs.basics.neuron.circuit import circuit
from labs.basics.neuron.gates import CORNERS, GATES
from labs.basics.neuron.places import HIGH, LOW, NAMES, PLACES, SIDE, mark
from labs.basics.neuron.unit import with_one
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron


def frame(lab: "Neuron") -> Frame:
    """Return the line, the sum at the probed place, the tables and the two layers."""
    f = Frame(notes={"settings": dict(lab.settings), "titles": {}, "words": {}})
    plane(lab, f)
    arithmetic(lab, f)
    tables(lab, f)
    circuit(lab, f)
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
        "handles": [p.clamp(LOW, HIGH).tolist() for p in (foot, tip)],
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
        "sum": f"z = {z:.3f}, y = {g}(z) = {y:.6f}".replace("-", "−"),
    }  # fmt: skip


def tables(lab: "Neuron", f: Frame) -> None:
    """Add the truth table, the course of learning, and what is to be said."""
    z = lab.w @ with_one(CORNERS)
    said, wanted = lab.says(CORNERS).tolist(), GATES[str(lab.settings["gate"])].wanted
    f.notes["tables"] = {"truth": {"rows": [
        [corner, f"{s:.1f}".replace("-", "−"), f"{y:.3f}", t, mark(y, t)]
        for corner, s, y, t in zip(NAMES, z.tolist(), said, wanted, strict=True)
    ]}}  # fmt: skip
    f.values["course"] = torch.tensor(lab.history.moments, dtype=torch.float64).T[:2].contiguous()
    loss = "cross-entropy, nats" if lab.settings["kind"] == "logistic" else "share of mistakes"
    f.notes["titles"]["course"] = loss
    f.notes["words"]["news"] = words.said(lab)
