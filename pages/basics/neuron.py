"""One unit and its line, and what two layers of them can say."""

from functools import partial

import streamlit as st

from labs.basics.neuron import Neuron
from labs.basics.neuron.challenges import CHALLENGES
from labs.basics.neuron.export import script
from labs.basics.neuron.unit import gradient, logistic, perceptron_rule, threshold
from pages.ui import lesson
from pages.ui.cards import neuron as cards
from pages.ui.stage import link, stage, use

LAB = "neuron"


def maths(lab: Neuron) -> None:
    """The unit and its two rules, with the numbers of now."""
    b, w1, w2 = lab.w.tolist()
    lesson.maths(
        (r"y = g\left(b + w_1 x_1 + w_2 x_2\right), \qquad g(z) = \frac{1}{1 + e^{-z}}",
         f"Now b = {b:.2f}, w₁ = {w1:.2f}, w₂ = {w2:.2f}.  The line is where the sum is 0."),
        (r"w \leftarrow w + \eta\,(t - y)\,x",
         f"The perceptron rule; {lab.right} of {len(lab.y)} points are right after "
         f"{lab.updates} updates."),
        (r"\nabla L = \frac{1}{N}\sum_n \left(g(w^{\top} x_n) - t_n\right) x_n",
         f"The gradient of the logistic unit's cross-entropy, which is {lab.loss():.5f} now."
         if lab.settings["kind"] == "logistic"
         else f"The share of mistakes is {lab.loss():.3f} now."),
    )  # fmt: skip


def code(lab: Neuron) -> None:
    """The rules that ran."""
    shown = [threshold, logistic, perceptron_rule, gradient]
    lesson.code(shown, partial(script, lab), "neuron.py")


@st.fragment
def neuron() -> None:
    """The stage and what belongs to it."""
    session = use(LAB, Neuron, cards.CONTROLS, drawings=["points"])
    question = "What can one unit say?  It cuts the plane in two: drag the cut."
    share = partial(link, session, LAB, cards.CONTROLS)
    lesson.question("Neuron", question, share)
    stage(session, LAB, cards.neuron(CHALLENGES))
    parts = {"Maths": maths, "Code": code}
    lesson.tabs(LAB, session, parts, cards.SOURCES)


neuron()
