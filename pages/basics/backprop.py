"""One example goes through a small net and comes back: every number, in three notations."""

from labs.basics.backprop import Backprop
from labs.basics.backprop.export import rows
from labs.basics.backprop.passes import paths
from labs.basics.backprop.words import vector
from labs.models.dense import LOSSES, Dense
from labs.numerals import number
from pages.ui import lesson
from pages.ui.cards.backprop import SOURCES, cards
from pages.ui.page import Blocks, page

SLIPS = """
**Errors in lecture notes.** With J = y\\* ln y + (1 − y\\*) ln(1 − y) many lecture notes drop the
minus sign of the loss: that J is to be made large, and all their derivatives have the opposite sign
of those here. Some swap y and 1 − y in the delta of the output; it is a − y. Some sum ∂J/∂xᵢ
from j = 0, but unit 0 is the constant 1, which has no incoming weights: the sum begins at j = 1.
"""


def maths(lab: Backprop) -> Blocks:
    """Both passes in the recursion of the lecture, with the numbers of now."""
    n = lab.numbers()
    return (
        (r"z_i = W_i \begin{pmatrix} 1 \\ a_{i-1} \end{pmatrix}, \qquad a_i = f(z_i)",
         f"The output is {vector(n.post[-1])}, the target {vector(n.y)}. {lab.preset.remark}"),
        (LOSSES[lab.loss].formula, f"{lab.loss.capitalize()}: {number(n.loss)} for this example."),
        (r"\delta_i = \frac{\partial L}{\partial z_i} = \frac{\partial L}{\partial a_i} \circ "
         r"f'(z_i), \qquad \frac{\partial L}{\partial a_{i-1}} = W_i^{\top} \delta_i",
         "From the output down, δ: " + "; ".join(f"({vector(d)})" for d in reversed(n.dpre))),
        (r"\frac{\partial L}{\partial W_i} = \delta_i\, (1, a_{i-1})^{\top}, \qquad "
         r"W_i \leftarrow W_i - \eta\, \frac{\partial L}{\partial W_i}",
         f"With η = {lab.settings['rate']:g}.\n{SLIPS}"),
    )  # fmt: skip


page(
    Backprop,
    cards,
    maths=maths,
    code=[Dense.forward, Dense.backward, paths],
    files=[("Download the gradients (CSV)", "gradients.csv",
            lambda lab: lesson.csv_of(rows(lab.numbers())))],
    sources=SOURCES,
)  # fmt: skip
