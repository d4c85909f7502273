"""What there is to see of stages in a row: boxes on every map, a kernel, the table."""

from collections.abc import Sequence
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.live.arithmetic import Arithmetic, product
from labs.numerals import written
from labs.vision.convolution.pipeline.row import Row
from labs.vision.convolution.pipeline.stages import clip, fields, reach


def maps(row: Row) -> dict[str, Tensor]:
    """Return the maps of every stage by its panel, and the kernel in question."""
    found = {f"s{k}": y[0] for k, y in enumerate(row.made)}
    empty = {f"s{k}": torch.zeros(1, 1, 1) for k in range(len(row.made), len(row.named) + 1)}
    return found | empty


def notes(row: Row) -> dict:
    """Return the notes of a frame."""
    stages, made, at, conv = row.stages, row.made, row.at, row.conv
    boxes = fields(stages, at, *row.cell)
    marks = {}
    for k, y in enumerate(made):
        if k > at:
            marks[f"s{k}"] = []
            continue
        one = k == at or stages[k].kind != "conv"  # a kernel reads all maps, others their own
        box = clip(boxes[k], y.shape[-2:])
        marks[f"s{k}"] = [{"unit": row.unit if one and k and same(stages, k, at) else None,
                           "box": box}]  # fmt: skip
    titles = {f"s{k}": f"{dims(y)} · sees {reach(stages, k)}" for k, y in enumerate(made)}
    titles |= {f"s{k}": "no output" for k in range(len(made), len(stages) + 1)}
    own, side = row.net == "yours", made[0].shape[-1]
    seen = f"of stage {conv}" if own else f"of stage {conv}, map {row.unit + 1}"
    return {
        "colors": {"s0": "ink" if row.drawn else "grey"},
        "limits": {"s0": 1.0},
        "marks": marks,
        "titles": titles | {"s0": f"{side} × {side}", "kernel": seen, "slices": seen},
        "away": (["slices"] if own else ["kernel"]) if conv else ["slices", "kernel"],
        "idle": [] if own else ["word", "add", "remove", "source"],
        "table": table(row),
        "say": row.fault or f"A unit of stage {at} sees {row.sees} by {row.sees} of the picture.",
    }


def same(stages: Sequence, k: int, at: int) -> bool:
    """Whether a map of stage k leads to the map of the same number at stage `at`, and no other."""
    return all(stage.kind != "conv" for stage in stages[k:at])


def table(row: Row) -> dict:
    """Return stage by stage: its output, what a unit sees, the jump to the next, its parameters."""
    rows, jump = [["picture", dims(row.made[0]), "1 × 1", "1", "0"]], 1
    for k, (name, stage) in enumerate(row.named, 1):
        jump *= stage.stride
        sees = reach(row.stages, k)
        weights = sum(w.numel() for w in (stage.weight, stage.bias) if w is not None)
        shape = dims(row.made[k]) if k < len(row.made) else "no output"
        rows.append([f"{k} {name}", shape, f"{sees} × {sees}", str(jump), f"{weights:,}"])
    return {
        "text": row.fault
        or "What one unit of every stage sees, and its jump to the next, in pixels.",
        "head": ["stage", "maps", "sees", "jump", "parameters"],
        "rows": rows, "on": row.at,
    }  # fmt: skip


def dims(y: Tensor) -> str:
    """Return the shape of maps (1, C, h, w) in words."""
    return " × ".join(map(str, y.shape[1:]))


def show_kernel(f: Frame, row: Row) -> None:
    """Add the kernel of the last convolution up to the chosen stage."""
    if row.conv:
        weight = row.stages[row.conv - 1].weight
        kernel = weight[min(row.unit, len(weight) - 1)]
        f.maps["slices"], f.values["kernel"] = kernel, kernel[0]


def explain_unit(f: Frame, row: Row) -> None:
    """Add how the number of the chosen unit came about."""
    at, k, (i, j) = row.at, row.unit, row.cell
    y = row.made[at][0, k, i, j].item()
    value = written(y)
    made = partial(Arithmetic, title=f"stage {at} · map {k + 1} · row {i}, column {j}")
    if at == 0:
        made(text="A pixel of the picture.", sum=value).show(f)
        return
    x, stage = row.made[at - 1], row.stages[at - 1]
    s = stage.size
    if stage.weight is not None:
        patch = F.pad(x, (stage.padding,) * 4)[0, :, i : i + s, j : j + s]
        bias = 0.0 if stage.bias is None else stage.bias[k].item()
        more = f" + b = {written(y - bias)} + {written(bias)}"
        product(
            patch, stage.weight[k], [f"map {c + 1}" for c in range(len(patch))], **made.keywords,
            text="The window of the stage before, times the kernel, summed.",
            sum=f"y = Σ x·w{more if stage.bias is not None else ''} = {value}",
            map="signed" if at > 1 else "ink" if row.drawn else "grey",
        ).show(f)  # fmt: skip
        return
    if stage.kind == "relu":
        text = "What is negative becomes 0; what is positive stays."
        made(text=text, sum=f"max(0, {written(x[0, k, i, j].item())}) = {value}").show(f)
        return
    patch = x[0, k, i * s : i * s + s, j * s : j * s + s]
    largest = stage.kind == "max"
    made(
        form="pool", tensors={"patch": patch[None]}, winner=int(patch.argmax()) if largest else -1,
        text="The largest number of the window." if largest else "The mean of the window.",
        sum=f"{'max' if largest else 'mean'} = {value}",
    ).show(f)  # fmt: skip
