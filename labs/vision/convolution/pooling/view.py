"""What the pooling stage is told: windows, winners, and what a shift did to every map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from torch import Tensor

from labs.live import Frame
from labs.vision.convolution.arithmetic import number_text
from labs.vision.convolution.pooling.pool import max_pool, places

if TYPE_CHECKING:
    from labs.vision.convolution.pooling.experiment import Pooling

DOTTED = 420  # windows up to which every winner is marked
CHANGED = ("picture", "after ReLU", "max pool", "average pool", "global average")


def cell(lab: "Pooling", pooled: Tensor) -> tuple[int, int]:
    """Return the row and column of the pooled cell that is looked at."""
    return min(lab.at[0], pooled.shape[-2] - 1), min(lab.at[1], pooled.shape[-1] - 1)


def box(lab: "Pooling", row: int, col: int, side: int) -> list[int]:
    """Return the window of one pooled cell on the map before it."""
    size, stride = lab.window
    if lab.settings["pool"] == "global":
        return [0, 0, side, side]
    return [row * stride, col * stride, row * stride + size, col * stride + size]


def notes(lab: "Pooling", maps: Sequence[Tensor]) -> dict:
    """Return the notes of a frame.  maps: picture, convolution, ReLU, pool, each (1, 1, h, w)."""
    x, made, rectified, pooled = maps
    row, col = cell(lab, pooled)
    top, left, bottom, right = window = box(lab, row, col, rectified.shape[-1])
    seen = [top, left, bottom + 2, right + 2]  # through a kernel of 3 x 3
    limit = made.abs().max().item() or 1.0
    sides = {"x": x, "made": made, "rectified": rectified, "pooled": pooled}
    off = (rectified == 0).float().mean().item()
    return {
        "settings": lab.settings,
        "met": sorted(lab.met),
        "colors": {"x": "ink" if lab.settings["source"] == "digit" else "grey"},
        "limits": {"x": 1.0, "made": limit, "rectified": limit, "pooled": limit},
        "grids": {name: list(m.shape[-2:]) for name, m in sides.items()},
        "idle": ["size", "stride"] if lab.settings["pool"] == "global" else [],
        "marks": {
            "x": [{"unit": 0, "box": seen}],
            "made": [{"unit": 0, "box": window}],
            "rectified": [*winners(lab, rectified[0, 0]), {"unit": 0, "box": window}],
            "pooled": [{"unit": 0, "box": [row, col, row + 1, col + 1]}],
        },
        "titles": {
            name: f"{m.shape[-2]} × {m.shape[-1]}" for name, m in sides.items()
        } | {"rectified": f"{rectified.shape[-1]} × {rectified.shape[-1]} · {off:.0%} are 0"},
        "tables": {"moved": moved_table(lab)},
        "say": f"{lab.settings['pool']} pooling gives {pooled.shape[-1]} by {pooled.shape[-1]}.",
    }  # fmt: skip


def winners(lab: "Pooling", rectified: Tensor) -> list[dict]:
    """Return a dot for the cell that won each window; none where too many would lie together."""
    if lab.settings["pool"] != "max":
        return []
    _, won = max_pool(rectified[None, None], *lab.window)
    if won.numel() > DOTTED:
        return []
    rows, cols = places(won[0, 0], *lab.window)
    alive = rectified[rows, cols] != 0  # among zeros nobody wins
    lines = zip(rows[alive].tolist(), cols[alive].tolist(), strict=True)
    return [{"unit": 0, "dot": [row, col]} for row, col in lines]


def moved_table(lab: "Pooling") -> dict:
    """Return by how much each map differs from what it was before the picture moved."""
    right, down = lab.shift
    rows = [
        (name, f"{100 * share:.1f} %")
        for name, share in zip(CHANGED, lab.changes(right, down), strict=True)
    ]
    where = f"{abs(right)} to the {'left' if right < 0 else 'right'}, {abs(down)} "
    where += "up" if down < 0 else "down"
    said = f"Moved by {where}: so much of each map is different."
    if (right, down) == (0, 0):
        said = "Move the picture: so much of each map will be different."
    index = 2 + ("max", "average", "global").index(str(lab.settings["pool"]))
    return {"said": said, "rows": rows, "chosen": index}


def explain_window(lab: "Pooling", frame: Frame, rectified: Tensor) -> None:
    """Tell how one pooled number came out of its window.  rectified: (h, w)."""
    kind = str(lab.settings["pool"])
    pooled = frame.maps["pooled"][0]
    row, col = cell(lab, pooled)
    top, left, bottom, right = box(lab, row, col, len(rectified))
    patch, total = rectified[top:bottom, left:right], number_text(pooled[row, col].item())
    words = {
        "max": ("pool", "The largest number of the window goes on; where it stood is forgotten.",
                f"max = {total}"),
        "average": ("pool", "The mean of the window goes on.",
                    f"sum {number_text(patch.sum().item())} / {patch.numel()} = {total}"),
        "global": ("none", f"The mean of all {patch.numel():,} numbers of the map.",
                   f"sum {number_text(patch.sum().item())} / {patch.numel():,} = {total}"),
    }  # fmt: skip
    form, text, closing = words[kind]
    frame.values["arithmetic.patch"] = patch[None]
    frame.notes["arithmetic"] = {
        "form": form, "title": f"pool · row {row}, column {col}", "text": text, "sum": closing,
        "labels": [], "parts": [], "winner": int(patch.argmax()) if kind == "max" else -1,
        "ink": False,
    }  # fmt: skip
