"""The lecture's table, the paths to one weight, and the examples of a batch."""

from collections.abc import Sequence

from labs.basics.backprop.notation import names
from labs.basics.backprop.passes import Numbers, Step, paths
from labs.basics.backprop.words import vector
from labs.models.dense import LOSSES
from labs.numerals import bracketed, counted, number


def table(n: Numbers, notation: str, known: Sequence[Step], now: Step) -> dict:
    """Return the lecture's table: each forward value beside its derivative, the loss on top."""
    layers = len(n.weights)
    top = names(notation, layers - 1, layers)
    done = set(known)
    rows = [[top.loss, number(n.loss) if Step("loss", layers - 1) in done else "", "", ""]]
    on = 0
    for i in reversed(range(layers)):
        name = names(notation, i, layers)
        for value, slope, v, d, ahead, back in (
            (name.post, name.dpost, n.post[i], n.dpost[i], "post", "dpost"),
            (name.pre, name.dpre, n.pre[i], n.dpre[i], "pre", "dpre"),
            (name.weight, name.dweight, n.weights[i], n.dweights[i], "", "dweight"),
        ):
            if now.layer == i and now.kind in (ahead, back):
                on = len(rows)
            shown = not ahead or Step(ahead, i) in done
            rows.append([
                value, vector(v) if shown else "", slope,
                vector(d) if Step(back, i) in done else "",
            ])  # fmt: skip
    first = names(notation, 0, layers)
    loss = top.loss
    ended = Step("dweight", 0) in done
    rows.append(
        [first.below, vector(n.x), f"∂{loss}/∂{first.below}", vector(n.dx) if ended else ""]
    )
    return {
        "head": ["forwards", "value", "backwards", "derivative"], "rows": rows, "on": on,
        "ink": ["", "up", "", "down"],
    }  # fmt: skip


def paths_to(n: Numbers, layer: int, unit: int, source: int, notation: str) -> dict:
    """Return every path from the loss to one weight with its product; the sum is the gradient."""
    name = names(notation, layer, len(n.weights))
    found = paths(n, layer, unit, source)
    rows = [
        [
            " → ".join([name.loss, *(f"layer {len(n.weights) - d} unit {k + 1}"
                                     for d, k in enumerate(path.units))]),
            " · ".join(bracketed(f) for f in path.factors), f"= {number(path.product)}",
        ]
        for path in found
    ]  # fmt: skip
    total = n.dweights[layer][unit, source].item()
    which = "bias" if source == 0 else f"input {source}"
    return {
        "title": f"{name.dweight}, unit {unit + 1}, {which}: "
        f"{counted(len(found), 'path')} from the loss",
        "text": "dL/da at the output, then f′ of each unit and the weight below it, at last the "
        "weight's own input.",
        "head": ["path", "factors", "product"], "rows": rows, "ink": ["", "", "down"],
        "sum": f"The products add up to {number(sum(p.product for p in found))}; backpropagation, "
        f"which shares what the paths have in common, says {number(total)}.",
    }  # fmt: skip


def batch(
    examples: Sequence[Numbers], weight: tuple[int, int, int], at: int, loss: str, letter: str
) -> dict:
    """Return every example's own gradient at one weight (layer, unit, column), and their mean.

    at: the example that is open.  letter: what the notation calls the loss.
    """
    layer, unit, source = weight
    slopes = [n.dweights[layer][unit, source].item() for n in examples]
    rows = []
    for k, n in enumerate(examples):
        prediction = LOSSES[loss].predict(n.post[-1][:, None])[:, 0]
        vectors = map(vector, (n.x, n.y, prediction))
        rows.append([str(k + 1), *vectors, number(n.loss), number(slopes[k])])
    means = [sum(values) / len(examples) for values in ([n.loss for n in examples], slopes)]
    rows.append(["mean", "", "", "", *map(number, means)])
    return {
        "head": ["example", "x", "target", "output", letter, "gradient of the chosen weight"],
        "rows": rows, "on": at, "ink": ["", "", "", "", "up", "down"],
    }  # fmt: skip
