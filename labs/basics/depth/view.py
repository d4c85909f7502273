"""What the depth lab shows: histograms over depth, gradients beside theory, losses, a table."""

import torch
from torch import Tensor

from labs.basics.depth import diagnosis
from labs.basics.depth.health import LARGEST, SMALLEST, Health
from labs.basics.depth.net import Shape
from labs.basics.depth.side import PROBE, Side
from labs.live import Frame
from labs.numerals import minus, written

ROWS = 8  # layers in the table


def frame(yours: Side, second: Side | None, layer: int) -> Frame:
    """Return histograms, gradients over depth, and both losses; layer: the one looked at."""
    mine, other = yours.health(), second and second.health()
    frame = Frame(
        maps={"activations": mine.activations[None], "gradients": mine.gradients[None]},
        values={"norms": norms(mine, other), "loss": losses(yours, second)},
    )
    if other is not None:
        frame.maps["second"] = other.gradients[None]
    frame.notes = {
        "activations": {"low": -mine.reach, "high": mine.reach, "chosen": layer},
        "gradients": {"low": SMALLEST, "high": LARGEST, "chosen": layer},
        "second": {"low": SMALLEST, "high": LARGEST},
        "layers": table(mine, layer),
        "titles": titles(yours, second),
        "words": {"story": stories(yours, second)},
        "say": diagnosis.sentence(yours),
    }
    return frame


def stories(yours: Side, second: Side | None) -> list[dict[str, str]]:
    """Return what is happening, in yours and, where it has run away, in the second net."""
    found = [{"title": "What is happening", "text": diagnosis.sentence(yours)}]
    if second is not None and second.lost is not None:
        found.append({"title": "The second net", "text": diagnosis.sentence(second)})
    return found


def norms(mine: Health, other: Health | None) -> Tensor:
    """Return layer, measured, theory and the second net's measured gradient, (4, layers)."""
    depth = max(len(mine.norms), 0 if other is None else len(other.norms))
    table = torch.full((4, depth), torch.nan)
    table[0] = torch.arange(1, depth + 1)
    table[1, : len(mine.norms)] = mine.norms
    table[2, : len(mine.theory)] = mine.theory
    if other is not None:
        table[3, : len(other.norms)] = other.norms
    return table


def losses(yours: Side, second: Side | None) -> Tensor:
    """Return step and both losses, (3, moments); NaN where there is no second net."""
    if not yours.losses:
        return torch.zeros(3, 0)
    steps, mine = yours.losses.table()
    other = mine * torch.nan if second is None else second.losses.table()[1]
    return torch.stack([steps, mine, other])


def table(health: Health, layer: int) -> dict:
    """Return the statistics of the layers around `layer`, a row for each."""
    depth = len(health.norms)
    start = max(0, min(layer - 3, depth - ROWS))
    rows = [
        [
            str(i + 1), written(health.mean[i], "+.3f"), written(health.deviation[i]),
            f"{health.dead[i]:.0%}", f"{health.saturated[i]:.0%}",
            *(written(v[i], ".1e") for v in (health.norms, health.theory, health.weight_norms)),
        ]
        for i in range(start, min(depth, start + ROWS))
    ]  # fmt: skip
    return {
        "head": ["layer", "mean", "deviation", "dead", "saturated", "gradient", "theory",
                 "|dL/dW|"],
        "rows": rows, "ink": ["", "", "", "", "", "down", "", "down"],
        "title": f"Around layer {layer + 1}",
    }  # fmt: skip


def titles(yours: Side, second: Side | None) -> dict[str, str]:
    """Return a line above each picture."""
    mine = yours.health()
    first, last = mine.norms[0].item(), mine.norms[-1].item()
    beside = "" if second is None else f", second {second.health().accuracy:.0%}"
    return {
        "norms": minus(f"first layer {first:.1e}, last {last:.1e}: ratio {mine.ratio:.1e}"),
        "second": "no second net" if second is None else words(second.shape),
        "gradients": words(yours.shape),
        "loss": f"step {yours.steps}, accuracy on {PROBE}: {mine.accuracy:.0%}{beside}",
    }


def words(shape: Shape) -> str:
    """Return what a net is made of, in a few words."""
    extras = {
        f"weights × {shape.gain:g}": shape.gain != 1,
        "batch norm": shape.norm,
        "residual": shape.residual,
        f"dropout {shape.dropout:g}": shape.dropout > 0,
    }
    base = f"{shape.depth} × {shape.width} {shape.activation}, {shape.initial}"
    return ", ".join([base, *(text for text, on in extras.items() if on)])
