"""The hidden space: the plane as two units of a layer see it, its grid bent by the net.

C. Olah, "Neural networks, manifolds, and topology",
https://colah.github.io/posts/2014-03-NN-Manifolds-Topology/.
"""

import torch
from torch import Tensor

from labs.basics.playground.cloud import Cloud
from labs.basics.playground.eye import Eye
from labs.basics.playground.features import apply
from labs.live import Frame

LINES = 13  # of the grid in each direction
ALONG = 41  # places along each line


def grid() -> Tensor:
    """Return the grid's lines: (2, 2 * LINES * ALONG), first the upright ones."""
    at, along = torch.linspace(-1, 1, LINES), torch.linspace(-1, 1, ALONG)
    a, b = torch.meshgrid(at, along, indexing="ij")
    upright, level = torch.stack([a, b]), torch.stack([b, a])
    return torch.cat([upright.reshape(2, -1), level.reshape(2, -1)], 1)


GRID = grid().double()


def hidden_space(f: Frame, eye: Eye, cloud: Cloud, axes: dict[str, int]) -> None:
    """Add the grid and the points in the coordinates of two units of one layer.

    axes: the layer and both units by the names of their knobs, counted from 1.
    """
    net = eye.run.net
    layer, i, j = chosen = [at - 1 for at in axes.values()]
    width = net.layers[layer].size
    f.notes["tops"] |= dict(zip(axes, (max(1, len(net.layers) - 1), width, width), strict=True))
    if len(net.layers) == 1:
        f.notes["titles"]["space"] = "there is no hidden layer; add one to the net"
        f.values["space.lines"] = torch.zeros(1, 2, 2)
        f.values["space"] = torch.zeros(4, 0)
        return
    both = torch.cat([GRID, cloud.x.double()], 1)
    h = net.forward(apply(eye.features, both)).h[layer][[i, j]]
    lines = h[:, : GRID.shape[1]].reshape(2, 2 * LINES, ALONG).permute(1, 0, 2)
    f.values["space.lines"] = lines.contiguous()
    f.values["space"] = torch.stack(
        [*h[:, GRID.shape[1] :], cloud.y.double(), cloud.train.double()]
    )
    low, high = h.amin(1), h.amax(1)
    if net.layers[layer].activation == "tanh":
        low, high = torch.full((2,), -1.0), torch.full((2,), 1.0)
    pad = 0.06 * (high - low).clamp_min(1e-3)
    f.notes["space"] = {
        "classes": cloud.classes, "limit": 1.0,
        "low": (low - pad).tolist(), "high": (high + pad).tolist(),
        "titles": [f"unit {i + 1} of layer {layer + 1}", f"unit {j + 1} of layer {layer + 1}"],
        "layers": [x.size for x in net.layers[:-1]], "chosen": chosen,
    }  # fmt: skip
    f.notes["titles"]["space"] = f"as layer {layer + 1} sees it"
