"""What there is to see of the neuron lab, card by card."""

from collections.abc import Sequence

import torch

from labs.basics.neuron import line
from labs.basics.neuron.gates import CORNERS, XNOR, why_not_xor
from labs.basics.neuron.layers import Layers
from labs.basics.neuron.learner import Learner
from labs.basics.neuron.places import HIGH, LOW, NAMES, PLACES, SIDE, SMALL, mark
from labs.basics.neuron.unit import gradient, threshold, with_one
from labs.live import Frame
from labs.live.arithmetic import Arithmetic
from labs.numerals import listed, minus, written

RULES = {
    "threshold": "McCulloch and Pitts: the unit fires when the sum reaches its threshold.  The "
    "weights are set by hand; nothing learns.",
    "perceptron": "The perceptron rule: one example a step, w ← w + η (t − y) x, and nothing "
    "where it is right.",
    "logistic": "A logistic unit: gradient descent on the mean cross-entropy, w ← w − η X (y − "
    "t) / N.",
}


def plane(f: Frame, unit: Learner, place: tuple[float, float], *, with_points: bool) -> None:
    """Add the plane, the points, the line and its two handles."""
    f.maps["plane"] = 2 * unit.says(PLACES).view(1, SIDE, SIDE) - 1
    if with_points:
        f.values["points"] = torch.stack([*unit.x, unit.y, torch.ones_like(unit.y)])
    f.values["plane.lines"] = line.ends(unit.w)[None]
    f.notes["plane"] = {
        "classes": 2, "limit": 1.0, "low": [LOW, LOW], "high": [HIGH, HIGH], "word": "y",
        "probability": True, "probe": place, "strong": True,
        "handles": [p.clamp(LOW, HIGH).tolist() for p in line.handles(unit.w)],
    }  # fmt: skip
    f.notes["titles"]["plane"] = f"{unit.right} of {len(unit.y)} right"
    f.notes["say"] = f"{unit.right} of {len(unit.y)} right."


def arithmetic(f: Frame, unit: Learner, place: tuple[float, float]) -> None:
    """Add the weighted sum at a place."""
    x = torch.tensor(place, dtype=torch.float64)[:, None]
    terms = with_one(x)[:, 0] * unit.w
    g = "g" if unit.kind == "logistic" else "step"
    Arithmetic(
        form="sum", title=minus(f"The sum at ({place[0]:.2f}, {place[1]:.2f})"),
        text="the cross on the plane; point anywhere else", labels=["1 (bias)", "x₁", "x₂"],
        sum=minus(f"z = {terms.sum():.3f}, y = {g}(z) = {unit.says(x).item():.6f}"),
        tensors={"rows": torch.stack([with_one(x)[:, 0], unit.w, terms], 1)},
    ).show(f)  # fmt: skip


def learning(f: Frame, unit: Learner, wanted: Sequence[int], gate: str) -> None:
    """Add the truth table, the loss over the updates, and the rule with the last update's numbers.

    gate: "" for the visitor's own points.
    """
    z, y = unit.w @ with_one(CORNERS), unit.says(CORNERS)
    f.notes["tables"] = {"truth": {"rows": [
        [corner, written(s, ".1f"), f"{p:.3f}", t, mark(p, t)]
        for corner, s, p, t in zip(NAMES, z.tolist(), y.tolist(), wanted, strict=True)
    ]}}  # fmt: skip
    f.values["course"] = torch.tensor(unit.history.moments, dtype=torch.float64).T.contiguous()
    loss = "cross-entropy, nats" if unit.kind == "logistic" else "share of mistakes"
    f.notes["titles"]["course"] = loss
    texts = {"The rule": RULES[unit.kind]}
    if unit.update:
        texts[f"Update {unit.count}"] = _update(unit)
    if gate == "XOR":
        texts["Why not XOR?"] = why_not_xor()
    f.notes["words"]["news"] = [{"title": k, "text": v} for k, v in texts.items()]


def _update(unit: Learner) -> str:
    """The last update with its numbers."""
    before, rate, k = unit.update.before, unit.update.rate, unit.update.example
    x, now = with_one(unit.x), _triple(unit.w)
    if unit.kind == "logistic":
        slope = _triple(gradient(before, x, unit.y))
        return f"w ← {_triple(before)} − {rate:.2g} · {slope} = {now}."
    y, wanted = int(threshold(before @ x[:, k])), int(unit.y[k])
    if y == wanted:
        return f"The example at the cross: y = {y}, as wanted, so the weights stay {now}."
    return (
        f"The example at the cross: y = {y}, wanted {wanted}, so w ← {_triple(before)} + "
        f"{rate:.2g} · ({wanted} − {y}) · {_triple(x[:, k])} = {now}."
    )


def _triple(w: torch.Tensor) -> str:
    """Three numbers in brackets, as (bias, w1, w2) or (1, x1, x2)."""
    return listed(w.tolist(), lambda v: written(v, ".3g"))


def layers(
    f: Frame, net: Layers, selected: int, place: tuple[float, float], *, with_inputs: bool
) -> None:
    """Add the units of the two layers as maps, the selected one's sum, the truth table."""
    hidden, output = net.forward(SMALL)
    if with_inputs:
        f.maps["features"] = (2 * SMALL - 1).view(2, 40, 40).clamp(-1, 1)
    f.maps["units"] = 2 * torch.cat([hidden, output]).view(3, 40, 40) - 1
    f.values["theta"] = net.w.flatten()
    chosen = (1, 0) if selected == 2 else (0, selected)
    f.notes["network"] = {
        "features": [{"key": k, "name": n, "on": True} for k, n in (("x1", "x₁"), ("x2", "x₂"))],
        "single": False,
        "layers": [{"size": 2, "activation": "sigmoid", "at": 0},
                   {"size": 1, "activation": "sigmoid", "at": 6}],
        "limits": [1.0, 1.0], "frozen": [], "dead": [], "saturated": [], "selected": chosen,
        "edge": None, "gradient": False,
    }  # fmt: skip
    f.notes["tables"]["table"] = _xnor_table(net)
    x = torch.tensor(place, dtype=torch.float64)[:, None]
    inputs, w = with_one(x if selected < 2 else net.forward(x)[0])[:, 0], net.w[selected]
    z = inputs @ w
    f.values["unit"] = torch.stack([inputs, w, inputs * w], 1)
    f.notes["unit"] = {
        "title": "The output" if selected == 2 else f"Hidden unit {selected + 1}",
        "text": minus(f"at x₁ = {place[0]:.2f}, x₂ = {place[1]:.2f}"),
        "layer": chosen[0], "unit": chosen[1], "frozen": [], "chosen": None,
        "names": ["bias", *(["x₁", "x₂"] if selected < 2 else ["unit 1", "unit 2"])],
        "sum": minus(f"z = {z:.3f}, g(z) = {z.sigmoid():.6f}"),
    }  # fmt: skip


def _xnor_table(net: Layers) -> dict:
    rows = net.table()[:, 2:].tolist()
    output = " ".join("½" if y == 0.5 else str(round(y)) for *_, y in rows)
    return {
        "said": f"output {output}" + (": XNOR" if net.xnor else "; wanted 1 0 0 1"),
        "good": net.xnor,
        "rows": [
            [corner, *(f"{v:.3f}" for v in row), t, mark(row[-1], t)]
            for corner, row, t in zip(NAMES, rows, XNOR, strict=True)
        ],
    }
