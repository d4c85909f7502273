"""The arithmetic of one unit at one place: inputs, weights, products, sum, activation."""

from typing import TYPE_CHECKING

import torch

from labs.basics.playground.eye import Eye
from labs.basics.playground.structure import frozen
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground


def arithmetic(lab: "Playground", f: Frame, eye: Eye) -> None:
    """Add the selected unit's row of products at the probed place, with what may be edited."""
    layer, unit = lab.selected
    net = lab.run.net
    w = net.weights[layer][unit]
    p = eye.at(*lab.probe)
    inputs = p.ones[layer][:, 0]  # the constant 1 on top, for the bias
    products = inputs * w
    f.values["unit"] = torch.stack([inputs, w, products], 1)
    at = int(w.storage_offset())
    held = {k - at for k in frozen(lab)}
    last = layer == len(net.layers) - 1
    if layer == 0:
        names = [feature.name for feature in lab.features]
    else:
        names = [f"unit {k + 1} of layer {layer}" for k in range(len(inputs) - 1)]
    z, a = products.sum().item(), p.a[layer][unit].item()
    f.notes["unit"] = {
        "title": f"Unit {unit + 1} of " + ("the output layer" if last else f"layer {layer + 1}"),
        "text": f"at x₁ = {lab.probe[0]:.2f}, x₂ = {lab.probe[1]:.2f}: the cross on the plane",
        "layer": layer,
        "unit": unit,
        "names": ["bias", *names],
        "frozen": sorted(k for k in held if 0 <= k < len(inputs)),
        "chosen": lab.edge[2] if lab.edge and lab.edge[:2] == (layer, unit) else None,
        "sum": f"z = {z:.4f}, a = {net.layers[layer].activation}(z) = {a:.4f}".replace("-", "−")
        + (" (with batch norm between)" if net.layers[layer].batch_norm else ""),
    }
