"""Scripts that give the numbers of the lab's parts, with nothing but PyTorch and photographs."""

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from labs.vision.convolution.channels.volume import depthwise, pointwise
from labs.vision.convolution.convolve import FEW, add_scaled, convolve, each, meetings, output_side
from labs.vision.convolution.export import PHOTO, loader, script
from labs.vision.convolution.fit import correlate, gradient
from labs.vision.convolution.pictures import SIDE
from labs.vision.convolution.pooling import pool
from labs.vision.convolution.signal import banded

if TYPE_CHECKING:
    from labs.vision.convolution.channels import Channels
    from labs.vision.convolution.fit import Fit
    from labs.vision.convolution.pipeline import Pipeline
    from labs.vision.convolution.plane import Filter
    from labs.vision.convolution.pooling import Pooling
    from labs.vision.convolution.signal import Signal

HEAD = '''"""{title}, as the convolution lab of Glassbox showed it."""

from collections.abc import Iterator, Sequence
from itertools import product
from types import EllipsisType

import torch
import torch.nn.functional as F
from torch import Tensor

FEW = {few}
Steps = int | tuple[int, ...]
Index = tuple[int | slice | EllipsisType, ...]


{functions}

{body}'''
CONVOLVE = (convolve, meetings, add_scaled, output_side, each)
POOLS = (pool.windows, pool.max_pool, pool.average_pool, pool.global_average)


def assemble(title: str, functions: Sequence[Callable], body: str) -> str:
    """Return a script: the functions as they stand in the project, and what is done with them."""
    sources = "\n\n".join(inspect.getsource(function) for function in functions)
    return HEAD.format(title=title, few=FEW, functions=sources, body=body)


def photo(name: str, side: int) -> str:
    """Return the lines that make x: (1, 3, side, side) of a photograph."""
    lines = PHOTO.format(loader=loader(name), side=SIDE)
    return f'{lines}x = F.interpolate(x[None], ({side}, {side}), mode="area")\n'


def plane(lab: "Filter") -> str:
    """Return the script for one kernel over one picture."""
    source, colour = (str(lab.settings[name]) for name in ("source", "colour"))
    return script(lab.kernel, lab.how, source, colour, lab.pad.picture)


def line(lab: "Signal") -> str:
    """Return the script for a signal and its taps."""
    body = f"""x, w = torch.tensor({lab.x.tolist()}), torch.tensor({lab.w.tolist()})
y = convolve(x[None, None], w[None, None], padding={lab.settings["padding"]}, flip={lab.flip})
print("output", [round(v, 4) for v in y.flatten().tolist()])
matrix = banded(w, len(x), {lab.settings["padding"]}, flip={lab.flip})
print("the same by its matrix", torch.allclose(matrix @ x, y.flatten(), atol=1e-4))
"""
    return assemble("A filter on a signal", (*CONVOLVE, banded), body)


def channels(lab: "Channels") -> str:
    """Return the script for a volume and what its kernels make of it."""
    d, how = int(lab.settings["maps"]), lab.how
    call = {
        "bank": f"convolve(x, BANK, **{how})",
        "depthwise": f"depthwise(x, WITHIN, **{how})",
        "pointwise": f"pointwise(x, MIX, **{how})",
        "separable": f"pointwise(depthwise(x, WITHIN, **{how}), MIX)",
    }[lab.way]
    body = (
        photo(str(lab.settings["source"]), lab.input().shape[-1])
        + f"""
BANK = torch.tensor({lab.weights.bank[:d].tolist()})
WITHIN = torch.tensor({lab.weights.within.tolist()})
MIX = torch.tensor({lab.weights.mix[:d].tolist()})
y = {call}
print("shape", tuple(y.shape))
for k, one in enumerate(y[0], 1):
    print(f"map {{k}}: mean {{one.mean():.6f}}  std {{one.std():.6f}}")
"""
    )
    return assemble("A volume and a bank of kernels", (*CONVOLVE, depthwise, pointwise), body)


def pooling(lab: "Pooling") -> str:
    """Return the script for a map, its ReLU and its pools, before and after the picture moved."""
    size, stride = lab.window
    before, after = (lab.input(*shift)[0, 0].tolist() for shift in ((0, 0), lab.shift))
    body = f"""BEFORE, AFTER = (torch.tensor(rows)[None, None] for rows in (
    {before},
    {after},
))
KERNEL = torch.tensor({lab.kernel.tolist()})


def stages(x):
    made = convolve(x, KERNEL[None, None])
    made = made.clamp_min(0) if {lab.settings["relu"] == "on"} else made
    return x, made, max_pool(made, {size}, {stride})[0], average_pool(made, {size}, {stride}), \\
        global_average(made)


for name, a, b in zip(("picture", "map", "max", "average", "global"), stages(BEFORE),
                      stages(AFTER)):
    print(f"{{name:8}} {{tuple(a.shape[2:])}} differs by {{moved(a, b):.6f}}")
"""
    return assemble("ReLU and pooling", (*CONVOLVE, *POOLS, pool.moved), body)


def pipeline(lab: "Pipeline") -> str:
    """Return the script for stages in a row."""
    lines = []
    for _, stage in lab.stages():
        if stage.weight is not None:
            bias = None if stage.bias is None else stage.bias.tolist()
            lines.append(f"x = convolve(x, torch.tensor({stage.weight.tolist()}), "
                         f"padding={stage.padding})")  # fmt: skip
            lines += [f"x = x + torch.tensor({bias}).view(-1, 1, 1)"] if bias else []
        elif stage.kind == "relu":
            lines.append("x = x.clamp_min(0)")
        else:
            last = "[0]" if stage.kind == "max" else ""
            lines.append(f"x = {stage.kind}_pool(x, {stage.size}, {stage.stride}){last}")
        lines.append('print(tuple(x.shape[1:]), f"mean {x.mean():.6f}  std {x.std():.6f}")')
    body = f"x = torch.tensor({lab.input().tolist()})\n" + "\n".join(lines) + "\n"
    return assemble("Stages in a row", (*CONVOLVE, *POOLS), body)


def fit(lab: "Fit") -> str:
    """Return the script for the descent with the rate and the momentum of now."""
    s = lab.settings
    body = (
        photo("astronaut", len(lab.x))
        + f"""x = (x * torch.tensor([0.299, 0.587, 0.114]).view(
    3, 1, 1)).sum(1)[0]
GOAL = torch.tensor({lab.goal.tolist()})
target = convolve(x[None, None], GOAL[None, None])[0, 0]
generator = torch.Generator().manual_seed({lab.seed})
kernel = torch.randn({len(lab.goal)}, {len(lab.goal)}, generator=generator)
velocity = torch.zeros_like(kernel)
slope, loss = gradient(x, kernel, target)
for step in range(1, {max(lab.steps, 100)} + 1):
    velocity = {float(s["momentum"])} * velocity - {float(s["rate"]) / lab.steepest} * slope
    kernel = kernel + velocity
    slope, loss = gradient(x, kernel, target)
    if step % 20 == 0:
        print(f"step {{step}}: loss {{loss:.3e}}, off by {{(kernel - GOAL).abs().max():.3e}}")
print(kernel)
"""
    )
    return assemble("A kernel that is learned", (*CONVOLVE, gradient, correlate), body)
