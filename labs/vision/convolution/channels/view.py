"""What the channels' stage is told: marks, labels, the sum of one cell, and the table of costs."""

from typing import TYPE_CHECKING

import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.vision.convolution.arithmetic import explain, number_text
from labs.vision.convolution.channels import bank
from labs.vision.convolution.channels.volume import dense_weights, depthwise
from labs.vision.convolution.channels.weights import COLOURS

if TYPE_CHECKING:
    from labs.vision.convolution.channels.experiment import Channels

TITLES = {
    "bank": "a bank of kernels", "depthwise": "depthwise", "pointwise": "1 × 1",
    "separable": "depthwise, then 1 × 1",
}  # fmt: skip
AWAY = {"bank": ["mix"], "depthwise": ["mix"], "pointwise": list(COLOURS)}  # panels not needed
IDLE = {"depthwise": ["maps"], "pointwise": ["size"]}


def notes(lab: "Channels", y: Tensor) -> dict:
    """Return the notes of the frame that shows the maps y: (d, H', W')."""
    side = lab.input().shape[-1]
    row, col = lab.cell()
    reach = 1 if lab.way == "pointwise" else int(lab.settings["size"])
    top, left = (at * lab.how["stride"] - lab.how["padding"] for at in (row, col))
    box = [max(0, top), max(0, left), min(side, top + reach), min(side, left + reach)]
    deep = lab.way in ("bank", "pointwise")  # whose kernels have a row of tiles each
    chosen = range(3 * lab.chosen, 3 * lab.chosen + 3) if deep else ()
    cost = lab.costs()[lab.way]
    return {
        "settings": lab.settings,
        "met": sorted(lab.met),
        "address": lab.address() | {"way": "" if lab.way == "bank" else lab.way},  # clicks too
        "scale": lab.settings["scale"],
        "colors": {"volume": "grey"},
        "limits": {"volume": 1.0},
        "labels": {"volume": list(COLOURS), "stack": labels(lab)},
        "photos": ["photo"],
        "grids": {"photo": [side, side]},
        "away": AWAY.get(lab.way, []),
        "idle": IDLE.get(lab.way, []),
        "marks": {
            "photo": [{"unit": 0, "box": box}],
            "volume": [{"unit": None, "box": box}],
            "bank": [{"unit": k} for k in chosen],
            "stack": [
                {"unit": lab.chosen},
                {"unit": lab.chosen, "box": [row, col, row + 1, col + 1]},
            ],
        },
        "titles": {
            "photo": f"3 × {side} × {side}",
            "bank": " × ".join(map(str, shape_of(lab))),
            "stack": " × ".join(map(str, y.shape)),
            "mix": f"{lab.count} maps × 3 channels",
            "red": f"kernel {lab.chosen + 1}" if deep else "its own kernel",
        },
        "cost": ledger(lab, y),
        "say": f"{TITLES[lab.way]}: {cost.parameters:,} parameters, "
        f"{cost.products:,} multiply-adds.",
    }


def shape_of(lab: "Channels") -> tuple[int, ...]:
    """Return the shape of the kernels' tensor as a layer holds it."""
    m = int(lab.settings["size"])
    shapes = {"bank": (lab.count, 3, m, m), "pointwise": (lab.count, 3, 1, 1)}
    return shapes.get(lab.way, (3, 1, m, m))


def labels(lab: "Channels") -> list[str]:
    """Return a few words for each map."""
    if lab.way == "depthwise":
        return list(COLOURS)
    if lab.way != "bank":
        return [f"mixture {k + 1}" for k in range(lab.count)]
    return ["your own" if str(k) in lab.weights.edited else bank.NAMES[k] for k in range(lab.count)]


def ledger(lab: "Channels", y: Tensor) -> dict:
    """Return what every way costs, and what a fully connected layer would."""
    d = int(lab.settings["maps"])
    dense = f"{dense_weights(lab.input().shape[1:], (d, *y.shape[1:])):,}"
    lines = [
        [TITLES[way], cost.count, f"{cost.parameters:,}", f"{cost.products:,}", str(cost.maps)]
        for way, cost in lab.costs().items()
    ]
    lines.append(["fully connected", "all × all", dense, dense, str(d)])
    return {
        "head": ["way", "weights", "=", "multiply-adds", "maps"],
        "rows": lines, "on": list(lab.costs()).index(lab.way),
    }  # fmt: skip


def explain_cell(lab: "Channels", frame: Frame, y: Tensor) -> None:
    """Tell the arithmetic of the chosen cell of the chosen map."""
    k, (row, col), way = lab.chosen, lab.cell(), lab.way
    x, stride, padding = lab.input(), lab.how["stride"], lab.how["padding"]
    m = 1 if way == "pointwise" else int(lab.settings["size"])
    padded = F.pad(x, (padding,) * 4)[0]
    patch = padded[:, row * stride : row * stride + m, col * stride : col * stride + m]
    parts = COLOURS
    if way == "bank":
        kernel = lab.weights.bank[k]
        text = "Three windows times the kernel's three slices; all of it is one sum."
    elif way == "pointwise":
        kernel, text = lab.weights.mix[k].view(3, 1, 1), "The three numbers of one pixel, mixed."
    elif way == "depthwise":
        patch, kernel, parts = patch[k : k + 1], lab.weights.within[k : k + 1], COLOURS[k : k + 1]
        text = f"Only the {COLOURS[k]} channel meets this kernel."
    else:
        patch = depthwise(x, lab.weights.within, **lab.how)[0, :, row, col].view(3, 1, 1)
        kernel, text = lab.weights.mix[k].view(3, 1, 1), "Three depthwise maps at this cell, mixed."
    explain(
        frame, "arithmetic", patch, kernel, title=f"map {k + 1} · row {row}, column {col}",
        text=text, total=f"y = Σ x·w = {number_text(y[k, row, col].item())}", parts=parts,
        map="signed" if way == "separable" else "grey",
    )  # fmt: skip
