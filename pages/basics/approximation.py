"""Draw a function, and see a net put it together out of its units."""

from labs.basics.approximation import Approximation
from labs.basics.approximation.collapse import collapsed
from labs.basics.approximation.depth import fold, parity_net
from labs.models.dense.training import train_step
from labs.numerals import counted
from pages.ui.cards.approximation import CARDS, SOURCES
from pages.ui.page import Blocks, page


def maths(lab: Approximation) -> Blocks:
    """The sum, the collapse and the folds, with the numbers of now."""
    width, folds = lab.settings["width"], lab.settings["folds"]
    return (
        (r"y(x) = b + \sum_k v_k\, f(w_k x + c_k)",
         f"{counted(width, 'unit')} in the last hidden layer; the error is {lab.fit.error:.6g} "
         f"after {counted(lab.steps, 'step')}. {lab.fit.trouble}"),
        (r"W_2 (W_1 x + b_1) + b_2 = \underbrace{W_2 W_1}_{\tilde W} x + "
         r"\underbrace{W_2 b_1 + b_2}_{\tilde b}",
         "Layers without a bend collapse into one."),
        (r"t(x) = 2\max(0, x) - 4\max(0, x - \tfrac12), \qquad "
         r"\underbrace{t \circ \dots \circ t}_{n} \text{ has } 2^n \text{ pieces}",
         f"n = {folds}: {2 ** folds} pieces from {2 * folds} units."),
    )  # fmt: skip


page(
    Approximation,
    CARDS,
    maths=maths,
    code=[train_step, collapsed, fold, parity_net],
    sources=SOURCES,
    opening=400,
)
