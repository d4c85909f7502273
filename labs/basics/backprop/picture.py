"""The net as the `graph` panel draws it: activations and weights, gradients on the way back."""

from collections.abc import Collection

import torch
from torch import Tensor

from labs.basics.backprop.notation import names
from labs.basics.backprop.passes import Numbers, Step
from labs.basics.backprop.words import sub
from labs.numerals import number

Weight = tuple[int, int, int]  # layer, unit, column of W (0 is the bias)


def diagram(
    n: Numbers, done: Collection[Step], now: Step | None, chosen: Weight | None, notation: str
) -> dict:
    """Return nodes and edges; every edge on a path from the loss to the chosen weight glows."""
    sizes = [len(n.x), *map(len, n.pre)]
    tallest = max(sizes)
    nodes = [
        _node(n, i, k, done, now, notation) | {"x": i, "y": k + (tallest - size) / 2}
        for i, size in enumerate(sizes) for k in range(size)
    ]  # fmt: skip
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    edges = []
    for i, k, column in targets(n)[1]:
        j, w = column - 1, n.weights[i][k, column].item()
        back = Step("dweight", i) in done
        edges.append({
            "from": starts[i] + j, "to": starts[i + 1] + k, "via": [],
            "weight": w, "up": number(w),
            "down": number(n.dweights[i][k, column].item()) if back else "",
            "state": "", "label": 0.2 + 0.56 * j / max(1, sizes[i] - 1),
            "glow": chosen is not None and _on_a_path((i, k, column), chosen),
        })  # fmt: skip
    return {"size": [len(sizes), tallest], "nodes": nodes, "edges": edges}


def targets(n: Numbers) -> tuple[list[Weight], list[Weight]]:
    """Return the weight that a click on each node means (its bias), and on each edge."""
    inputs = [(0, 0, 0) for _ in n.x]
    units = [(i, k, 0) for i, z in enumerate(n.pre) for k in range(len(z))]
    edges = [
        (i, k, column)
        for i, w in enumerate(n.weights)
        for k in range(w.shape[0])
        for column in range(1, w.shape[1])
    ]
    return [*inputs, *units], edges


def _node(
    n: Numbers, i: int, k: int, done: Collection[Step], now: Step | None, notation: str
) -> dict:
    layer = i - 1
    if layer < 0:
        name = names(notation, 0, len(n.weights)).below
        ended = Step("dweight", 0) in done
        return {
            "shape": "circle", "text": f"{_short(name)}{sub(k + 1)}", "name": "",
            "up": number(n.x[k].item()), "down": number(n.dx[k].item()) if ended else "",
            "state": "done",
        }  # fmt: skip
    name = names(notation, layer, len(n.weights))
    known = Step("post", layer) in done
    return {
        "shape": "circle", "text": f"{_short(name.post)}{sub(k + 1)}", "name": "",
        "up": number(n.post[layer][k].item()) if known else "",
        "down": number(n.dpost[layer][k].item()) if Step("dpost", layer) in done else "",
        "state": "now" if now and now.layer == layer and now.kind != "update"
        else "done" if known else "wait",
    }  # fmt: skip


def _short(name: str) -> str:
    return name[0]


def _on_a_path(edge: Weight, chosen: Weight) -> bool:
    """Whether an edge lies on a path from the loss to the chosen weight."""
    if edge == chosen:
        return True
    i, _, source = edge
    layer, unit, _ = chosen
    return i > layer + 1 or (i == layer + 1 and source == unit + 1)


def matrices(n: Numbers, done: Collection[Step]) -> dict[str, Tensor]:
    """Return W, dW and, as three columns, z, a and delta; NaN where not computed yet."""
    found: dict[str, Tensor] = {}

    def known(kind: str, i: int, value: Tensor) -> Tensor:
        return value if Step(kind, i) in done else torch.full_like(value, torch.nan)

    for i, w in enumerate(n.weights):
        found[f"W{i + 1}"] = w
        found[f"dW{i + 1}"] = known("dweight", i, n.dweights[i])
        columns = [("pre", n.pre[i]), ("post", n.post[i]), ("dpre", n.dpre[i])]
        found[f"units{i + 1}"] = torch.stack([known(k, i, v) for k, v in columns], dim=1)
    return found
