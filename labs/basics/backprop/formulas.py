"""What is computed at a moment: its formula, and a row for each unit with the numbers in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from labs.basics.backprop.notation import Names, names
from labs.basics.backprop.passes import Numbers, Step
from labs.basics.backprop.words import vector
from labs.models.dense import LOSSES
from labs.models.dense.losses import LEAST
from labs.numerals import bracketed, number

SLOPES = {
    "sigmoid": "a (1 − a)", "tanh": "1 − a²", "relu": "1 if z > 0 else 0", "identity": "1",
}  # fmt: skip

Rows = list[list[str]]  # of: which unit, the formula with its numbers, the result


@dataclass(frozen=True)
class Moment:
    """One layer at one step of either pass, and what the net is made of."""

    n: Numbers
    examples: Sequence[Numbers]  # those whose gradients the update is the mean of
    i: int  # the layer
    name: Names
    notation: str
    activation: str  # of the layer
    loss: str
    rate: float

    @property
    def top(self) -> bool:
        """Whether it is the last layer."""
        return self.i == len(self.n.weights) - 1


def explain(
    n: Numbers, examples: Sequence[Numbers], step: Step, notation: str,
    activations: Sequence[str], loss: str, rate: float,
) -> dict:  # fmt: skip
    """Return one step of either pass, a row for each unit, with the numbers in its formula.

    examples: those that the update is made of, the one of `n` or all of them.
    """
    i = step.layer
    name = names(notation, i, len(n.weights))
    moment = Moment(n, examples, i, name, notation, activations[i], loss, rate)
    title, rows = KINDS[step.kind](moment)
    back = step.kind.startswith("d")
    return {"title": title, "head": ["", "with its numbers", ""], "rows": rows,
            "ink": ["", "", "down" if back else "up"]}  # fmt: skip


def _pre(m: Moment) -> tuple[str, Rows]:
    name, w = m.name, m.n.weights[m.i]
    title = f"{name.pre} = {name.weight} · (1, {name.below})" if m.notation != "g" else name.pre
    below = m.n.below(m.i).tolist()
    rows = []
    for k, z in enumerate(m.n.pre[m.i].tolist()):
        bias, *factors = w[k].tolist()
        products = (f"{bracketed(f)} · {bracketed(a)}" for f, a in zip(factors, below, strict=True))
        rows.append([f"unit {k + 1}", " + ".join([number(bias), *products]), f"= {number(z)}"])
    return title, rows


def _post(m: Moment) -> tuple[str, Rows]:
    units = zip(m.n.pre[m.i].tolist(), m.n.post[m.i].tolist(), strict=True)
    return f"{m.name.post} = {m.activation}({m.name.pre})", [
        [f"unit {k + 1}", f"{m.activation}({number(z)})", f"= {number(a)}"]
        for k, (z, a) in enumerate(units)
    ]


def _loss(m: Moment) -> tuple[str, Rows]:
    text = f"output {vector(m.n.post[m.i])}, target {vector(m.n.y)}"
    return f"{m.name.loss}, {m.loss}", [["", text, f"= {number(m.n.loss)}"]]


def _dpost(m: Moment) -> tuple[str, Rows]:
    title = f"{m.name.dpost} = " + (f"derivative of {m.loss}" if m.top else m.name.back)
    rows = []
    for k, g in enumerate(m.n.dpost[m.i].tolist()):
        text = _loss_slope(m.loss, m.n, k) if m.top else _from_above(m.n, m.i + 1, k)
        rows.append([f"unit {k + 1}", text, f"= {number(g)}"])
    return title, rows


def _dpre(m: Moment) -> tuple[str, Rows]:
    title = f"{m.name.dpre} = {m.name.dpost} ∘ f′, f′ = {SLOPES[m.activation]}"
    factors = zip(m.n.dpost[m.i].tolist(), m.n.slope[m.i].tolist(), strict=True)
    return title, [
        [f"unit {k + 1}", f"{bracketed(g)} · {bracketed(f)}", f"= {number(d)}"]
        for k, ((g, f), d) in enumerate(zip(factors, m.n.dpre[m.i].tolist(), strict=True))
    ]


def _dweight(m: Moment) -> tuple[str, Rows]:
    below = vector(m.n.below(m.i))
    return f"{m.name.dweight} = {m.name.dpre} · (1, {m.name.below})ᵀ", [
        [f"unit {k + 1}", f"{bracketed(d)} · (1  {below})", f"= {vector(m.n.dweights[m.i][k])}"]
        for k, d in enumerate(m.n.dpre[m.i].tolist())
    ]


def _update(m: Moment) -> tuple[str, Rows]:
    rows = []
    many = len(m.examples)
    means = sum(n.dweights[0][:, 1] for n in m.examples) / many
    first = zip(m.n.weights[0][:, 1].tolist(), means.tolist(), strict=True)
    for k, (w, g) in enumerate(first):
        text = f"{number(w)} − {m.rate:g} · {bracketed(g)}"
        rows.append([f"first weight of unit {k + 1}", text, f"= {number(w - m.rate * g)}"])
    gradient = f"the mean of its {many} examples' gradients" if many > 1 else "its gradient"
    return f"every weight ← weight − {m.rate:g} · {gradient}", rows


KINDS = {
    "pre": _pre, "post": _post, "loss": _loss, "dpost": _dpost, "dpre": _dpre,
    "dweight": _dweight, "update": _update,
}  # fmt: skip


def _from_above(n: Numbers, layer: int, k: int) -> str:
    """Return what unit k gets back from each unit of the layer above it, as a sum."""
    weights = n.weights[layer][:, k + 1].tolist()
    return " + ".join(
        f"{bracketed(w)} · {bracketed(d)}"
        for w, d in zip(weights, n.dpre[layer].tolist(), strict=True)
    )


def _loss_slope(loss: str, n: Numbers, k: int) -> str:
    """Return the derivative of the loss at output k, in numbers."""
    a, y = n.post[-1][k].item(), n.y[k].item()
    if loss == "log":
        wrong = f"(1 − {number(y)}) / (1 − {number(a)})" if 1 - a >= LEAST else "0"
        right = f"{number(y)} / {number(a)}" if a >= LEAST else "0"
        return f"{wrong} − {right}"
    if loss == "squared":
        return f"{number(a)} − {bracketed(y)}"
    share = LOSSES[loss].predict(n.post[-1][:, None])[k, 0].item()
    return f"{number(share)} − {bracketed(y)}"
