"""What the page says of the unit: its rule, the last step in numbers, and why XOR is too much."""

from typing import TYPE_CHECKING

from torch import Tensor

from labs.basics.neuron.gates import why_not_xor
from labs.basics.neuron.unit import gradient, threshold, with_one

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron

RULES = {
    "threshold": "McCulloch and Pitts: the unit fires when the sum reaches its threshold.  The "
    "weights are set by hand; nothing learns.",
    "perceptron": "The perceptron rule: one example a step, w ← w + η (t − y) x, and nothing "
    "where it is right.",
    "logistic": "A logistic unit: gradient descent on the mean cross-entropy, w ← w − η X (y − "
    "t) / N.",
}


def said(lab: "Neuron") -> list[dict[str, str]]:
    """Return what is to be said, each with its title."""
    told = [{"title": "The rule", "text": RULES[str(lab.settings["kind"])]}]
    if lab.before is not None:
        told.append({"title": f"Update {lab.updates}", "text": last_step(lab, lab.before)})
    if lab.settings["gate"] == "XOR" and not lab.own:
        told.append({"title": "Why not XOR?", "text": why_not_xor()})
    return told


def last_step(lab: "Neuron", before: Tensor) -> str:
    """Return the last update with its numbers; before: (3,), the weights that it changed."""
    rate, x, now = lab.rate, with_one(lab.x), triple(lab.w)
    if lab.settings["kind"] == "logistic":
        slope = triple(gradient(before, x, lab.y))
        return f"w ← {triple(before)} − {rate:.2g} · {slope} = {now}."
    example, wanted = x[:, lab.example], int(lab.y[lab.example])
    y = int(threshold(before @ example))
    if y == wanted:
        return f"The example at the cross: y = {y}, as wanted, so the weights stay {now}."
    return (
        f"The example at the cross: y = {y}, wanted {wanted}, so w ← {triple(before)} + "
        f"{rate:.2g} · ({wanted} − {y}) · {triple(example)} = {now}."
    )


def triple(w: Tensor) -> str:
    """Return three numbers in brackets, as (bias, w1, w2) or (1, x1, x2)."""
    return f"({', '.join(f'{v:.3g}' for v in w.tolist())})".replace("-", "−")
