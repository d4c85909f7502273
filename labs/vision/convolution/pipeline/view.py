"""What the pipeline's stage is told: boxes on every map, the kernel in question, the table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.vision.convolution.arithmetic import explain, number_text
from labs.vision.convolution.pipeline.stages import clip, fields, reach

if TYPE_CHECKING:
    from labs.vision.convolution.pipeline.experiment import Pipeline


def notes(lab: "Pipeline", made: Sequence[Tensor], fault: str) -> dict:
    """Return the notes of a frame.  made: the picture and every stage's maps, (1, C, h, w)."""
    stages = [stage for _, stage in lab.stages()]
    boxes = fields(stages, lab.at, *lab.cell)
    marks = {}
    for k, y in enumerate(made):
        if k > lab.at:
            marks[f"s{k}"] = []
            continue
        one = k == lab.at or stages[k].kind != "conv"  # a kernel reads all maps, others their own
        box = clip(boxes[k], y.shape[-2:])
        marks[f"s{k}"] = [{"unit": lab.unit if one and k and same(stages, k, lab.at) else None,
                           "box": box}]  # fmt: skip
    sees, side = reach(stages, lab.at), made[0].shape[-1]
    titles = {f"s{k}": f"{' × '.join(map(str, y.shape[1:]))} · sees {reach(stages, k)}"
              for k, y in enumerate(made)}  # fmt: skip
    titles |= {f"s{k}": "no output" for k in range(len(made), len(stages) + 1)}
    conv = lab.conv_at()
    seen = f"of stage {conv}" if lab.own else f"of stage {conv}, map {lab.unit + 1}"
    return {
        "settings": lab.settings,
        "met": sorted(lab.met),
        "colors": {"s0": light(lab)},
        "limits": {"s0": 1.0},
        "marks": marks,
        "titles": titles | {"s0": f"{side} × {side}", "kernel": seen, "slices": seen},
        "away": (["slices"] if lab.own else ["kernel"]) if conv else ["slices", "kernel"],
        "idle": [] if lab.own else ["word", "add", "remove", "source"],
        "table": table(lab, made, fault),
        "say": fault or f"A unit of stage {lab.at} sees {sees} by {sees} of the picture.",
    }


def light(lab: "Pipeline") -> str:
    """Return the colours of the picture: a drawing's ink, or a photograph's light."""
    return "grey" if lab.own and lab.settings["source"] != "drawing" else "ink"


def same(stages: Sequence, k: int, at: int) -> bool:
    """Whether a map of stage k leads to the map of the same number at stage `at`, and no other."""
    return all(stage.kind != "conv" for stage in stages[k:at])


def table(lab: "Pipeline", made: Sequence[Tensor], fault: str) -> dict:
    """Return stage by stage: its output, what a unit sees, the jump to the next, its parameters."""
    named, jump = lab.stages(), 1
    stages = [stage for _, stage in named]
    rows = [["picture", dims(made[0]), "1 × 1", "1", "0"]]
    for k, (name, stage) in enumerate(named, 1):
        jump *= stage.stride
        sees = reach(stages, k)
        weights = sum(w.numel() for w in (stage.weight, stage.bias) if w is not None)
        shape = dims(made[k]) if k < len(made) else "no output"
        rows.append([f"{k} {name}", shape, f"{sees} × {sees}", str(jump), f"{weights:,}"])
    return {
        "text": fault or "What one unit of every stage sees, and its jump to the next, in pixels.",
        "head": ["stage", "maps", "sees", "jump", "parameters"],
        "rows": rows, "on": lab.at,
    }  # fmt: skip


def dims(y: Tensor) -> str:
    """Return the shape of maps (1, C, h, w) in words."""
    return " × ".join(map(str, y.shape[1:]))


def show_kernel(lab: "Pipeline", frame: Frame) -> None:
    """Show the kernel of the last convolution up to the chosen stage."""
    conv = lab.conv_at()
    if not conv:
        return
    weight = lab.stages()[conv - 1][1].weight
    kernel = weight[min(lab.unit, len(weight) - 1)]
    frame.maps["slices"], frame.values["kernel"] = kernel, kernel[0]


def explain_unit(lab: "Pipeline", frame: Frame, made: Sequence[Tensor]) -> None:
    """Tell how the number of the chosen unit came about, and show the kernel that made it."""
    (row, col), k = lab.cell, lab.unit
    title = f"stage {lab.at} · map {k + 1} · row {row}, column {col}"
    y = made[lab.at][0, k, row, col].item()
    value = number_text(y)
    plain = {"form": "none", "title": title, "labels": [], "parts": [], "winner": -1, "ink": False}
    if lab.at == 0:
        frame.notes["arithmetic"] = plain | {"text": "A pixel of the picture.", "sum": value}
        return
    x, stage = made[lab.at - 1], lab.stages()[lab.at - 1][1]
    if stage.weight is not None:
        padded = F.pad(x, (stage.padding,) * 4)[0]
        patch = padded[:, row : row + stage.size, col : col + stage.size]
        kernel = stage.weight[k]
        bias = 0.0 if stage.bias is None else stage.bias[k].item()
        more = f" + b = {number_text(y - bias)} + {number_text(bias)}"
        explain(
            frame, "arithmetic", patch, kernel, title=title,
            text="The window of the stage before, times the kernel, summed.",
            total=f"y = Σ x·w{more if stage.bias is not None else ''} = {value}",
            parts=[f"map {c + 1}" for c in range(len(patch))],
            map=light(lab) if lab.at == 1 else "signed",
        )  # fmt: skip
        return
    if stage.kind == "relu":
        before = number_text(x[0, k, row, col].item())
        text = "What is negative becomes 0; what is positive stays."
        frame.notes["arithmetic"] = plain | {"text": text, "sum": f"max(0, {before}) = {value}"}
        return
    s = stage.size
    patch = x[0, k, row * s : row * s + s, col * s : col * s + s]
    largest = stage.kind == "max"
    frame.values["arithmetic.patch"] = patch[None]
    frame.notes["arithmetic"] = plain | {
        "form": "pool", "winner": int(patch.argmax()) if largest else -1,
        "text": "The largest number of the window." if largest else "The mean of the window.",
        "sum": f"{'max' if largest else 'mean'} = {value}",
    }  # fmt: skip
