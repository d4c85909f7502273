"""What there is to see of the channels: marks, labels, the sum of one cell, what all ways cost."""

import torch.nn.functional as F

from labs.live import Frame
from labs.live.arithmetic import product
from labs.numerals import counted, written
from labs.vision.convolution.channels import bank
from labs.vision.convolution.channels.controls import WAY
from labs.vision.convolution.channels.layer import Layer
from labs.vision.convolution.channels.volume import dense_weights, depthwise
from labs.vision.convolution.channels.weights import COLOURS

TITLES = dict(WAY.options) | {"bank": "a bank of kernels"}
AWAY = {"bank": ["mix"], "depthwise": ["mix"], "pointwise": list(COLOURS)}  # panels not needed
IDLE = {"depthwise": ["maps"], "pointwise": ["size"]}


def notes(layer: Layer, scale: str, chosen: int, cell: tuple[int, int]) -> dict:
    """Return the notes of a frame with one cell of the `chosen` map marked."""
    side, way, (row, col) = layer.x.shape[-1], layer.way, cell
    top, left = (at * layer.stride - layer.padding for at in cell)
    box = [max(0, top), max(0, left), min(side, top + layer.reach), min(side, left + layer.reach)]
    deep = way in ("bank", "pointwise")  # whose kernels have a row of tiles each
    cost = layer.costs[way]
    return {
        "scale": scale,
        "colors": {"volume": "grey"},
        "limits": {"volume": 1.0},
        "labels": {"volume": list(COLOURS), "stack": labels(layer)},
        "photos": ["photo"],
        "grids": {"photo": [side, side]},
        "away": AWAY.get(way, []),
        "idle": IDLE.get(way, []),
        "marks": {
            "photo": [{"unit": 0, "box": box}],
            "volume": [{"unit": None, "box": box}],
            "bank": [{"unit": 3 * chosen + c} for c in range(3 * deep)],
            "stack": [{"unit": chosen}, {"unit": chosen, "box": [row, col, row + 1, col + 1]}],
        },
        "titles": {
            "photo": f"3 × {side} × {side}",
            "bank": " × ".join(map(str, shape_of(layer))),
            "stack": " × ".join(map(str, layer.y.shape[1:])),
            "mix": f"{counted(layer.count, 'map')} × 3 channels",
            "red": f"kernel {chosen + 1}" if deep else "its own kernel",
        },
        "cost": ledger(layer),
        "say": f"{TITLES[way]}: {cost.parameters:,} parameters, {cost.products:,} multiply-adds.",
    }


def shape_of(layer: Layer) -> tuple[int, ...]:
    """Return the shape of the kernels' tensor as a layer holds it."""
    m, deep = layer.reach, layer.way in ("bank", "pointwise")
    return (layer.count, 3, m, m) if deep else (3, 1, m, m)


def labels(layer: Layer) -> list[str]:
    """Return a few words for each map."""
    count, own = layer.count, layer.weights.edited
    if layer.way == "depthwise":
        return list(COLOURS)
    if layer.way != "bank":
        return [f"mixture {k + 1}" for k in range(count)]
    return ["your own" if str(k) in own else bank.NAMES[k] for k in range(count)]


def ledger(layer: Layer) -> dict:
    """Return what every way costs, and what a fully connected layer would."""
    d, costs = layer.maps, layer.costs
    dense = f"{dense_weights(layer.x.shape[1:], (d, *layer.y.shape[2:])):,}"
    lines = [
        [TITLES[way], cost.count, f"{cost.parameters:,}", f"{cost.products:,}", str(cost.maps)]
        for way, cost in costs.items()
    ]
    lines.append(["fully connected", "all × all", dense, dense, str(d)])
    return {
        "head": ["way", "weights", "=", "multiply-adds", "maps"],
        "rows": lines, "on": list(costs).index(layer.way),
    }  # fmt: skip


def explain_cell(f: Frame, layer: Layer, k: int, cell: tuple[int, int]) -> None:
    """Add the arithmetic of one cell of map k."""
    (row, col), way, weights, parts = cell, layer.way, layer.weights, COLOURS
    m, top, left = layer.reach, row * layer.stride, col * layer.stride
    padded = F.pad(layer.x, (layer.padding,) * 4)[0]
    patch = padded[:, top : top + m, left : left + m]
    if way == "bank":
        kernel = weights.bank[k]
        text = "Three windows times the kernel's three slices; all of it is one sum."
    elif way == "pointwise":
        kernel, text = weights.mix[k].view(3, 1, 1), "The three numbers of one pixel, mixed."
    elif way == "depthwise":
        patch, kernel, parts = patch[k : k + 1], weights.within[k : k + 1], COLOURS[k : k + 1]
        text = f"Only the {COLOURS[k]} channel meets this kernel."
    else:
        patch = depthwise(layer.x, weights.within, **layer.how)[0, :, row, col].view(3, 1, 1)
        kernel, text = weights.mix[k].view(3, 1, 1), "Three depthwise maps at this cell, mixed."
    product(
        patch, kernel, parts, title=f"map {k + 1} · row {row}, column {col}", text=text,
        sum=f"y = Σ x·w = {written(layer.y[0, k, row, col].item())}",
        map="signed" if way == "separable" else "grey",
    ).show(f)  # fmt: skip
