"""One unit: its line, its two rules of learning, and three units that say what one cannot."""

from labs.basics.neuron import Neuron
from labs.basics.neuron.unit import gradient, logistic, perceptron_rule, threshold
from labs.numerals import counted
from pages.ui.cards.neuron import CARDS, SOURCES
from pages.ui.page import Blocks, page


def maths(lab: Neuron) -> Blocks:
    """The unit and its two rules, with the numbers of now."""
    unit, (b, w1, w2) = lab.unit, lab.unit.w.tolist()
    return (
        (r"y = g\left(b + w_1 x_1 + w_2 x_2\right), \qquad g(z) = \frac{1}{1 + e^{-z}}",
         f"Now b = {b:.2f}, w₁ = {w1:.2f}, w₂ = {w2:.2f}.  The line is where the sum is 0."),
        (r"w \leftarrow w + \eta\,(t - y)\,x",
         f"The perceptron rule; {unit.right} of {len(unit.y)} points are right after "
         f"{counted(unit.count, 'update')}."),
        (r"\nabla L = \frac{1}{N}\sum_n \left(g(w^{\top} x_n) - t_n\right) x_n",
         f"The gradient of the logistic unit's cross-entropy, which is {unit.loss():.5f} now."
         if unit.kind == "logistic" else f"The share of mistakes is {unit.loss():.3f} now."),
    )  # fmt: skip


page(
    Neuron,
    CARDS,
    maths=maths,
    code=[threshold, logistic, perceptron_rule, gradient],
    sources=SOURCES,
)
