"""What there is to see of pooling: windows, winners, and what a shift did to every map."""

from collections.abc import Mapping, Sequence

from torch import Tensor

from labs.live import Frame
from labs.live.arithmetic import Arithmetic
from labs.numerals import written
from labs.vision.convolution.pooling.controls import POOL
from labs.vision.convolution.pooling.passes import Passes
from labs.vision.convolution.pooling.pool import max_pool, places

DOTTED = 420  # windows up to which every winner is marked
CHANGED = ("picture", "after ReLU", "max pool", "average pool", "global average")


def window(s: Mapping, row: int, col: int, side: int) -> list[int]:
    """Return the window of one pooled cell on the map before it."""
    if s["pool"] == "global":
        return [0, 0, side, side]
    top, left = row * s["stride"], col * s["stride"]
    return [top, left, top + s["size"], left + s["size"]]


def notes(s: Mapping, after: Passes, changes: Sequence[float], at: tuple[int, int]) -> dict:
    """Return the notes of a frame with the pooled cell `at` marked."""
    made, rectified, pooled, (row, col) = after.made, after.rectified, after.pools[s["pool"]], at
    top, left, bottom, right = box = window(s, row, col, rectified.shape[-1])
    seen = [top, left, bottom + 2, right + 2]  # through a kernel of 3 x 3
    limit = made.abs().max().item() or 1.0
    sides = {"x": after.x, "made": made, "rectified": rectified, "pooled": pooled}
    off = (rectified == 0).float().mean().item()
    return {
        "colors": {"x": "ink" if s["source"] == "digit" else "grey"},
        "limits": {"x": 1.0, "made": limit, "rectified": limit, "pooled": limit},
        "grids": {name: list(m.shape[-2:]) for name, m in sides.items()},
        "idle": ["size", "stride"] if s["pool"] == "global" else [],
        "marks": {
            "x": [{"unit": 0, "box": seen}],
            "made": [{"unit": 0, "box": box}],
            "rectified": [*winners(s, rectified), {"unit": 0, "box": box}],
            "pooled": [{"unit": 0, "box": [row, col, row + 1, col + 1]}],
        },
        "titles": {
            name: f"{m.shape[-2]} × {m.shape[-1]}" for name, m in sides.items()
        } | {"rectified": f"{rectified.shape[-1]} × {rectified.shape[-1]} · {off:.0%} are 0"},
        "tables": {"moved": moved_table(s, changes)},
        "say": f"{s['pool']} pooling gives {pooled.shape[-1]} by {pooled.shape[-1]}.",
    }  # fmt: skip


def winners(s: Mapping, rectified: Tensor) -> list[dict]:
    """Return a dot for the cell that won each window; none where too many would lie together."""
    if s["pool"] != "max":
        return []
    _, won = max_pool(rectified, s["size"], s["stride"])
    if won.numel() > DOTTED:
        return []
    rows, cols = places(won[0, 0], s["size"], s["stride"])
    alive = rectified[0, 0, rows, cols] != 0  # among zeros nobody wins
    lines = zip(rows[alive].tolist(), cols[alive].tolist(), strict=True)
    return [{"unit": 0, "dot": [row, col]} for row, col in lines]


def moved_table(s: Mapping, changes: Sequence[float]) -> dict:
    """Return by how much each map differs from what it was before the picture moved."""
    rows = [(name, f"{100 * share:.1f} %") for name, share in zip(CHANGED, changes, strict=True)]
    right, down = s["right"], s["down"]
    where = f"{abs(right)} to the {'left' if right < 0 else 'right'}, {abs(down)} "
    where += "up" if down < 0 else "down"
    text = f"Moved by {where}: so much of each map is different."
    if (right, down) == (0, 0):
        text = "Move the picture: so much of each map will be different."
    return {"said": text, "rows": rows, "chosen": 2 + POOL.keys.index(s["pool"])}


def explain_window(f: Frame, s: Mapping, after: Passes, at: tuple[int, int]) -> None:
    """Add how one pooled number came out of its window."""
    kind, rectified, (row, col) = s["pool"], after.rectified[0, 0], at
    top, left, bottom, right = window(s, row, col, len(rectified))
    patch = rectified[top:bottom, left:right]
    total = written(after.pools[kind][0, 0, row, col].item())
    words = {
        "max": ("pool", "The largest number of the window goes on; where it stood is forgotten.",
                f"max = {total}"),
        "average": ("pool", "The mean of the window goes on.",
                    f"sum {written(patch.sum().item())} / {patch.numel()} = {total}"),
        "global": ("none", "The mean of all numbers of the map.",
                   f"sum {written(patch.sum().item())} / {patch.numel():,} = {total}"),
    }  # fmt: skip
    form, text, closing = words[kind]
    Arithmetic(
        form=form, title=f"pool · row {row}, column {col}", text=text, sum=closing,
        tensors={"patch": patch[None]}, winner=int(patch.argmax()) if kind == "max" else -1,
    ).show(f)  # fmt: skip
