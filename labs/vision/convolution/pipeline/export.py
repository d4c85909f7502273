"""A script for stages in a row."""

from collections.abc import Sequence

from torch import Tensor

from labs.vision.convolution.export import assemble
from labs.vision.convolution.pipeline.stages import Stage
from labs.vision.convolution.pooling.pool import POOLS


def script(x: Tensor, stages: Sequence[Stage]) -> str:
    """Return the script for a picture x: (1, 1, H, W) and what becomes of it."""
    lines = [f"x = torch.tensor({x.tolist()})"]
    for stage in stages:
        if stage.weight is not None:
            lines.append(f"x = convolve(x, torch.tensor({stage.weight.tolist()}), "
                         f"padding={stage.padding})")  # fmt: skip
            if stage.bias is not None:
                lines.append(f"x = x + torch.tensor({stage.bias.tolist()}).view(-1, 1, 1)")
        elif stage.kind == "relu":
            lines.append("x = x.clamp_min(0)")
        else:
            last = "[0]" if stage.kind == "max" else ""
            lines.append(f"x = {stage.kind}_pool(x, {stage.size}, {stage.stride}){last}")
        lines.append('print(tuple(x.shape[1:]), f"mean {x.mean():.6f}  std {x.std():.6f}")')
    return assemble("Stages in a row", POOLS, "\n".join(lines) + "\n")
