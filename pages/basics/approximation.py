"""Draw a function, and see a net put it together out of its units."""

from functools import partial

import streamlit as st

from labs.basics.approximation import Approximation
from labs.basics.approximation.challenges import CHALLENGES
from labs.basics.approximation.collapse import collapsed
from labs.basics.approximation.depth import fold, parity_net
from labs.basics.approximation.export import script
from labs.models.dense.training import train_step
from pages.ui import lesson
from pages.ui.cards import approximation as cards
from pages.ui.stage import link, stage, use

LAB = "approximation"
FIRST = 400  # steps that a fresh stage takes by itself


def maths(lab: Approximation) -> None:
    """The sum, the collapse and the folds, with the numbers of now."""
    s = lab.settings
    lesson.maths(
        (r"y(x) = b + \sum_k v_k\, f(w_k x + c_k)",
         f"{s['width']} units in the last hidden layer; the error is {lab.fit.error:.6f} "
         f"after {lab.steps} steps."),
        (r"W_2 (W_1 x + b_1) + b_2 = \underbrace{W_2 W_1}_{\tilde W} x + "
         r"\underbrace{W_2 b_1 + b_2}_{\tilde b}",
         "Layers without a bend collapse into one."),
        (r"t(x) = 2\max(0, x) - 4\max(0, x - \tfrac12), \qquad "
         r"\underbrace{t \circ \dots \circ t}_{n} \text{ has } 2^n \text{ pieces}",
         f"n = {s['folds']}: {2 ** int(s['folds'])} pieces from {2 * int(s['folds'])} units."),
    )  # fmt: skip


def code(lab: Approximation) -> None:
    """The nets that ran."""
    shown = [train_step, collapsed, fold, parity_net]
    lesson.code(shown, partial(script, lab), "approximation.py")


@st.fragment
def approximation() -> None:
    """The stage and what belongs to it."""
    session = use(LAB, Approximation, cards.CONTROLS, drawings=["curve"])
    session.begin(FIRST)
    question = "How does a sum of simple bends become any function?  Draw one, and press play."
    lesson.question("Approximation", question, partial(link, session, LAB, cards.CONTROLS))
    stage(session, LAB, cards.approximation(CHALLENGES))
    parts = {"Maths": maths, "Code": code}
    lesson.tabs(LAB, session, parts, cards.SOURCES)


approximation()
