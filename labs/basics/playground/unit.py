"""The arithmetic of one unit at one place: inputs, weights, products, sum, activation."""

import torch

from labs.basics.playground.events import Pointer, frozen
from labs.basics.playground.eye import Eye
from labs.live import Frame
from labs.numerals import minus


def arithmetic(f: Frame, eye: Eye, pointer: Pointer) -> None:
    """Add the selected unit's row of products at the probed place, with what may be edited."""
    layer, unit = pointer.selected
    net, edge, (u, v) = eye.run.net, pointer.edge, pointer.probe
    w = net.weights[layer][unit]
    p = eye.at(u, v)
    inputs = p.ones[layer][:, 0]  # the constant 1 on top, for the bias
    products = inputs * w
    f.values["unit"] = torch.stack([inputs, w, products], 1)
    at = int(w.storage_offset())
    held = {k - at for k in frozen(net)}
    last = layer == len(net.layers) - 1
    if layer == 0:
        names = [feature.name for feature in eye.features]
    else:
        names = [f"unit {k + 1} of layer {layer}" for k in range(len(inputs) - 1)]
    z, a = products.sum().item(), p.a[layer][unit].item()
    f.notes["unit"] = {
        "title": f"Unit {unit + 1} of " + ("the output layer" if last else f"layer {layer + 1}"),
        "text": minus(f"at x₁ = {u:.2f}, x₂ = {v:.2f}: the cross on the plane"),
        "layer": layer,
        "unit": unit,
        "names": ["bias", *names],
        "frozen": sorted(k for k in held if 0 <= k < len(inputs)),
        "chosen": edge[2] if edge and edge[:2] == (layer, unit) else None,
        "sum": minus(f"z = {z:.4f}, a = {net.layers[layer].activation}(z) = {a:.4f}")
        + (" (with batch norm between)" if net.layers[layer].batch_norm else ""),
    }
