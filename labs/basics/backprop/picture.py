"""The net as the `graph` panel draws it: activations and weights, gradients on the way back."""

from collections.abc import Collection

import torch
from torch import Tensor

from labs.basics.backprop.notation import names
from labs.basics.backprop.passes import Numbers, Step
from labs.basics.backprop.words import number, sub

Weight = tuple[int, int, int]  # layer, unit, column of W (0 is the bias)


def diagram(
    n: Numbers, done: Collection[Step], now: Step | None, chosen: Weight | None, notation: str
) -> tuple[dict, list[Weight]]:
    """Return the diagram, and for each node and then each edge the weight that a click means."""
    sizes = [len(n.x), *map(len, n.pre)]
    tallest = max(sizes)
    nodes, node_weights = [], []
    for i, size in enumerate(sizes):
        for k in range(size):
            nodes.append(_node(n, i, k, done, now, notation) | {
                "x": i, "y": k + (tallest - size) / 2,
            })  # fmt: skip
            node_weights.append((max(i - 1, 0), k if i else 0, 0))
    edges, edge_weights = [], []
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    for i, w in enumerate(n.weights):
        for k in range(w.shape[0]):
            for j in range(w.shape[1] - 1):
                back = Step("dweight", i) in done
                edges.append({
                    "from": starts[i] + j, "to": starts[i + 1] + k, "via": [],
                    "weight": w[k, j + 1].item(), "up": number(w[k, j + 1].item()),
                    "down": number(n.dweights[i][k, j + 1].item()) if back else "",
                    "state": "", "label": 0.2 + 0.56 * j / max(1, w.shape[1] - 2),
                    "glow": chosen is not None and _on_a_path((i, k, j + 1), chosen),
                })  # fmt: skip
                edge_weights.append((i, k, j + 1))
    picture = {"size": [len(sizes), tallest], "nodes": nodes, "edges": edges}
    return picture, [*node_weights, *edge_weights]


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
