"""What there is to see of the 2-D part: titles, marks, faults, and the sum of one pixel."""

from collections.abc import Mapping

from torch import Tensor

from labs.live import Frame
from labs.live.arithmetic import product
from labs.numerals import counted, written
from labs.vision.convolution import kernels
from labs.vision.convolution.plane.answer import Answer
from labs.vision.convolution.plane.filtering import field

DRAWN = ("grid", "drawing")  # pictures of ink, not of light


def explain_pixel(f: Frame, a: Answer, source: str, at: tuple[int, int]) -> None:
    """Add how the output's pixel `at` was made."""
    patch, kernel, total = a.arithmetic(*at)
    colour = "each colour by itself, here the green one" if len(a.x) == 3 else "grey values"
    verb = {
        (False, False): "The window of the input, times the kernel, summed",
        (True, False): "The window, times the kernel turned by 180 degrees, summed",
    }.get((a.how.flip, a.how.transposed), "Every input pixel that stamped here")
    product(
        patch[None], kernel[None], title=f"output · row {at[0]}, column {at[1]}",
        text=f"{verb} ({colour}).", sum=f"y = Σ x·w = {written(total)}",
        map="ink" if source in DRAWN else "grey",
    ).show(f)  # fmt: skip


def photos(x: Tensor, source: str) -> list[str]:
    """Return the panels that show a photograph rather than a map of numbers."""
    if len(x) == 3:
        return ["input", "output"]
    return [] if source in DRAWN else ["input"]


def idle(preset: str, a: Answer) -> list[str]:
    """Return the knobs that do nothing to this kernel, or to this way."""
    used = {"gaussian": {"sigma"}, "log": {"sigma"}, "motion": {"angle"}}
    used["gabor"] = {"sigma", "angle", "wavelength"}
    idle = {"sigma", "angle", "wavelength"} - used.get(preset, set())
    if not a.how.padding or a.how.transposed:
        idle.add("mode")
    return sorted(idle)


def describe(f: Frame, a: Answer, s: Mapping, shape: kernels.Shape, at: tuple[int, int]) -> None:
    """Add titles, marks and the like for settings s, with the output's pixel `at` marked."""
    x, y, m, (row, col) = a.x, a.output, len(a.kernel), at
    parts, gabor = kernels.separate(a.kernel), s["preset"] == "gabor"
    cost = counted(m * m, "product")
    if parts.rank and parts.products(m) < m * m:
        cost = f"{counted(parts.products(m), 'product')}, not {m * m}"
    height, width = y.shape[-2:]
    one = " for one cell" * a.shared
    size = f"{height} × {width} · {a.milliseconds:.1f} ms{one}"
    if len(x) == 3 and not a.fault:
        clipped = ((y < 0) | (y > 1)).count_nonzero().item() / y.numel()
        size += f" · {clipped:.0%} clipped to [0, 1]"
    wave = [{"at": list(kernels.wave_place(shape)), "name": "the wave"}] if gabor else []
    f.notes |= {
        "colors": {"input": "ink", "output": "signed", "response": "unsigned"},
        "handles": {"response": wave},
        "photos": photos(x, s["source"]),
        "limits": {} if len(x) == 3 else {"output": strong(y)},
        "idle": idle(s["preset"], a),
        "away": [] if s["source"] == "drawing" else ["x"],
        "grids": {"input": list(x.shape[-2:]), "output": [height, width]},
        "faults": {"output": a.fault} if a.fault else {},
        "marks": {
            "input": [{"unit": 0, "box": field(m, a.how, row, col, x.shape[-2:])}],
            "output": [{"unit": 0, "box": [row, col, row + 1, col + 1]}],
        },
        "titles": {
            "input": f"{x.shape[1]} × {x.shape[2]}",
            "output": "no output" if a.fault else size,
            "response": "drag the dot: the wave's frequency" if gabor
            else "0 in the middle, ½ cycle a pixel at the rim",
            "kernel": f"sum {written(a.kernel.sum().item())} · rank {parts.rank}: {cost}",
        },
        "say": a.fault or f"The output has {height} rows and {width} columns.",
    }  # fmt: skip


def strong(y: Tensor) -> float:
    """Return a value of y: (1, H, W) that only its few largest exceed: they get full colour.

    What is exactly 0, as most of a drawing's paper is, does not count.
    """
    size = y[0, :: 1 + len(y[0]) // 128, :: 1 + y.shape[2] // 128].abs().flatten()
    size = size[size > 0]
    return size.kthvalue(max(1, round(0.995 * len(size)))).values.item() if len(size) else 1.0
