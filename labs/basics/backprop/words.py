"""What is computed at a moment, with its numbers in it, and the lecture's table."""

from collections.abc import Sequence

from torch import Tensor

from labs.basics.backprop.notation import SUB, names
from labs.basics.backprop.passes import Numbers, Step, paths
from labs.models.dense import LOSSES

SLOPES = {
    "sigmoid": "a (1 − a)", "tanh": "1 − a²", "relu": "1 if z > 0 else 0", "identity": "1",
}  # fmt: skip


def number(x: float) -> str:
    """Return x with three decimals (more where it is small) and a true minus sign."""
    if x == 0:
        return "0.000"
    text = f"{x:.3f}" if abs(x) >= 5e-4 else f"{x:.1e}"
    return text.replace("-", "−")


def bracketed(x: float) -> str:
    """Return x as it stands in a product."""
    return f"({number(x)})" if x < 0 else number(x)


def vector(v: Tensor) -> str:
    """Return a vector or a matrix as text."""
    if v.dim() == 2:
        return "; ".join(vector(row) for row in v)
    return "  ".join(number(x) for x in v.tolist())


def sub(k: int) -> str:
    """Return an index below the line."""
    return str(k).translate(SUB)


def explain(
    n: Numbers, step: Step, notation: str, activations: Sequence[str], loss: str, rate: float
) -> dict:
    """Return one step of either pass, a row for each unit, with the numbers in its formula."""
    i, kind = step.layer, step.kind
    name = names(notation, i, len(n.weights))
    rows: list[list[str]] = []
    if kind == "pre":
        title = f"{name.pre} = {name.weight} · (1, {name.below})" if notation != "g" else name.pre
        for k, z in enumerate(n.pre[i].tolist()):
            terms = [number(n.weights[i][k, 0].item())] + [
                f"{bracketed(w)} · {bracketed(a)}"
                for w, a in zip(n.weights[i][k, 1:].tolist(), n.below(i).tolist(), strict=True)
            ]
            rows.append([f"unit {k + 1}", " + ".join(terms), f"= {number(z)}"])
    elif kind == "post":
        title = f"{name.post} = {activations[i]}({name.pre})"
        for k, (z, a) in enumerate(zip(n.pre[i].tolist(), n.post[i].tolist(), strict=True)):
            rows.append([f"unit {k + 1}", f"{activations[i]}({number(z)})", f"= {number(a)}"])
    elif kind == "loss":
        title = f"{name.loss}, {loss}"
        rows = [["", f"output {vector(n.post[i])}, target {vector(n.y)}", f"= {number(n.loss)}"]]
    elif kind == "dpost":
        top = i == len(n.weights) - 1
        title = f"{name.dpost} = " + (f"derivative of {loss}" if top else name.back)
        for k, g in enumerate(n.dpost[i].tolist()):
            if top:
                text = _loss_slope(loss, n, k)
            else:
                text = " + ".join(
                    f"{bracketed(n.weights[i + 1][u, k + 1].item())} · {bracketed(d)}"
                    for u, d in enumerate(n.dpre[i + 1].tolist())
                )
            rows.append([f"unit {k + 1}", text, f"= {number(g)}"])
    elif kind == "dpre":
        title = f"{name.dpre} = {name.dpost} ∘ f′, f′ = {SLOPES[activations[i]]}"
        for k, d in enumerate(n.dpre[i].tolist()):
            text = f"{bracketed(n.dpost[i][k].item())} · {bracketed(n.slope[i][k].item())}"
            rows.append([f"unit {k + 1}", text, f"= {number(d)}"])
    elif kind == "dweight":
        title = f"{name.dweight} = {name.dpre} · (1, {name.below})ᵀ"
        for k, d in enumerate(n.dpre[i].tolist()):
            text = f"{bracketed(d)} · (1  {vector(n.below(i))})"
            rows.append([f"unit {k + 1}", text, f"= {vector(n.dweights[i][k])}"])
    else:
        title = f"every weight ← weight − {rate:g} · its gradient"
        for k, (w, g) in enumerate(zip(n.weights[0][:, 1], n.dweights[0][:, 1], strict=True)):
            text = f"{number(w.item())} − {rate:g} · {bracketed(g.item())}"
            rows.append(
                [f"first weight of unit {k + 1}", text, f"= {number((w - rate * g).item())}"]
            )
    return {"title": title, "head": ["", "with its numbers", ""], "rows": rows,
            "ink": ["", "", "down" if kind.startswith("d") else "up"]}  # fmt: skip


def _loss_slope(loss: str, n: Numbers, k: int) -> str:
    """The derivative of the loss at output k, in numbers."""
    a, y = n.post[-1][k].item(), n.y[k].item()
    if loss == "log":
        return f"(1 − {number(y)}) / (1 − {number(a)}) − {number(y)} / {number(a)}"
    if loss == "squared":
        return f"{number(a)} − {bracketed(y)}"
    share = LOSSES[loss].predict(n.post[-1][:, None])[k, 0].item()
    return f"{number(share)} − {bracketed(y)}"


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
    many = f"{len(found)} paths" if len(found) > 1 else "one path"
    return {
        "title": f"{name.dweight}, unit {unit + 1}, {which}: {many} from the loss",
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
    rows = []
    for k, n in enumerate(examples):
        said = LOSSES[loss].predict(n.post[-1][:, None])[:, 0]
        g = n.dweights[layer][unit, source].item()
        rows.append([str(k + 1), vector(n.x), vector(n.y), vector(said), number(n.loss), number(g)])
    slopes = [n.dweights[layer][unit, source].item() for n in examples]
    means = [sum(values) / len(examples) for values in ([n.loss for n in examples], slopes)]
    rows.append(["mean", "", "", "", *map(number, means)])
    return {
        "head": ["example", "x", "target", "output", letter, "gradient of the chosen weight"],
        "rows": rows, "on": at, "ink": ["", "", "", "", "up", "down"],
    }  # fmt: skip
