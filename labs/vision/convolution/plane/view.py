"""What the 2-D stage is told: titles, marks, faults, and the sum of one pixel."""

from typing import TYPE_CHECKING

from torch import Tensor

from labs.live import Frame
from labs.vision.convolution import kernels
from labs.vision.convolution.arithmetic import explain, number_text
from labs.vision.convolution.plane.filtering import field

if TYPE_CHECKING:
    from labs.vision.convolution.plane.experiment import Filter

DRAWN = ("grid", "drawing")  # pictures of ink, not of light


def explain_pixel(lab: "Filter", frame: Frame, x: Tensor, y: Tensor) -> None:
    """Tell how one pixel of the output was made."""
    patch, kernel, total = lab.arithmetic()
    row, col = lab.pixel(y)
    colour = "each colour by itself, here the green one" if len(x) == 3 else "grey values"
    verb = {
        (False, False): "The window of the input, times the kernel, summed",
        (True, False): "The window, times the kernel turned by 180 degrees, summed",
    }.get((lab.how.flip, lab.how.transposed), "Every input pixel that stamped here")
    explain(
        frame, "arithmetic", patch[None], kernel[None], title=f"output · row {row}, column {col}",
        text=f"{verb} ({colour}).", total=f"y = Σ x·w = {number_text(total)}",
        map="ink" if lab.settings["source"] in DRAWN else "grey",
    )  # fmt: skip


def photos(lab: "Filter", x: Tensor) -> list[str]:
    """Return the panels that show a photograph rather than a map of numbers."""
    if len(x) == 3:
        return ["input", "output"]
    return [] if lab.settings["source"] in DRAWN else ["input"]


def handles(lab: "Filter") -> list[dict]:
    """Return the place of a Gabor's wave on the frequency response."""
    if lab.settings["preset"] != "gabor":
        return []
    return [{"at": list(kernels.wave_place(lab.hand.shape)), "name": "the wave"}]


def idle(lab: "Filter") -> list[str]:
    """Return the knobs that do nothing to this kernel, or to this way."""
    used = {"gaussian": {"sigma"}, "log": {"sigma"}, "motion": {"angle"}}
    used["gabor"] = {"sigma", "angle", "wavelength"}
    idle = {"sigma", "angle", "wavelength"} - used.get(str(lab.settings["preset"]), set())
    if not lab.how.padding or lab.how.transposed:
        idle.add("mode")
    return sorted(idle)


def notes(lab: "Filter", x: Tensor, y: Tensor) -> dict:
    """Return the notes of the frame that shows x: (C, H, W) and its output y."""
    m, row, col = len(lab.kernel), *lab.pixel(y)
    parts = kernels.separate(lab.kernel)
    cost = f"{m * m} products"
    if parts.rank and parts.products(m) < m * m:
        cost = f"{parts.products(m)} products, not {m * m}"
    height, width = y.shape[-2:]
    one = " for one cell" * lab.answer.shared
    size = f"{height} × {width} · {lab.answer.milliseconds:.1f} ms{one}"
    if len(x) == 3 and not lab.fault:
        clipped = ((y < 0) | (y > 1)).count_nonzero().item() / y.numel()
        size += f" · {clipped:.0%} clipped to [0, 1]"
    total = number_text(lab.kernel.sum().item())
    box = field(m, lab.how, row, col, x.shape[-2:])
    return {
        "settings": lab.settings,
        "met": sorted(lab.met),
        "colors": {"input": "ink", "output": "signed", "response": "unsigned"},
        "handles": {"response": handles(lab)},
        "photos": photos(lab, x),
        "limits": {} if len(x) == 3 else {"output": strong(y)},
        "idle": idle(lab),
        "away": [] if lab.settings["source"] == "drawing" else ["x"],
        "grids": {"input": list(x.shape[-2:]), "output": [height, width]},
        "faults": {"output": lab.fault} if lab.fault else {},
        "marks": {
            "input": [{"unit": 0, "box": box}],
            "output": [{"unit": 0, "box": [row, col, row + 1, col + 1]}],
        },
        "titles": {
            "input": f"{x.shape[1]} × {x.shape[2]}",
            "output": "no output" if lab.fault else size,
            "response": "drag the dot: the wave's frequency"
            if lab.settings["preset"] == "gabor" else "0 in the middle, ½ cycle a pixel at the rim",
            "kernel": f"sum {total} · rank {parts.rank}: {cost}",
        },
        "say": lab.fault or f"The output has {height} rows and {width} columns.",
    }  # fmt: skip


def strong(y: Tensor) -> float:
    """Return a value of y: (1, H, W) that only its few largest exceed: they get full colour.

    What is exactly 0, as most of a drawing's paper is, does not count.
    """
    size = y[0, :: 1 + len(y[0]) // 128, :: 1 + y.shape[2] // 128].abs().flatten()
    size = size[size > 0]
    return size.kthvalue(max(1, round(0.995 * len(size)))).values.item() if len(size) else 1.0
