"""One example goes through a small net and comes back: every number, in three notations."""

from functools import partial

import streamlit as st

from labs.basics.backprop import Backprop
from labs.basics.backprop.challenges import CHALLENGES
from labs.basics.backprop.export import rows, script
from labs.basics.backprop.passes import paths
from labs.basics.backprop.presets import PRESETS
from labs.basics.backprop.words import number, vector
from labs.models.dense import LOSSES, Dense
from pages.ui import lesson
from pages.ui.cards import backprop as cards
from pages.ui.stage import link, stage, use

LAB = "backprop"
PRESET = cards.preset((key, preset.title) for key, preset in PRESETS.items())
CONTROLS = (PRESET, cards.HIDDEN, cards.ACTIVATION, cards.LOSS, cards.NOTATION, cards.EXAMPLE,
            cards.BATCH, cards.PACE, cards.RATE)  # fmt: skip
SLIPS = """
**Where the slides slip.** With J = y\\* ln y + (1 − y\\*) ln(1 − y) three decks have dropped the
minus sign of the loss: that J is to be made large, and all their derivatives have the opposite sign
of those here. One deck swaps y and 1 − y in the delta of the output; it is a − y. One sums ∂J/∂xᵢ
from j = 0, but unit 0 is the constant 1, which has no incoming weights: the sum begins at j = 1.
"""


def maths(lab: Backprop) -> None:
    """Both passes in the recursion of the lecture, with the numbers of now."""
    n, preset = lab.numbers(), PRESETS[lab.settings["preset"]]
    lesson.maths(
        (r"z_i = W_i \begin{pmatrix} 1 \\ a_{i-1} \end{pmatrix}, \qquad a_i = f(z_i)",
         f"The output is {vector(n.post[-1])}, the target {vector(n.y)}. {preset.remark}"),
        (LOSSES[lab.loss].formula, f"{lab.loss.capitalize()}: {number(n.loss)} for this example."),
        (r"\delta_i = \frac{\partial L}{\partial z_i} = \frac{\partial L}{\partial a_i} \circ "
         r"f'(z_i), \qquad \frac{\partial L}{\partial a_{i-1}} = W_i^{\top} \delta_i",
         "From the output down, δ: " + "; ".join(f"({vector(d)})" for d in reversed(n.dpre))),
        (r"\frac{\partial L}{\partial W_i} = \delta_i\, (1, a_{i-1})^{\top}, \qquad "
         r"W_i \leftarrow W_i - \eta\, \frac{\partial L}{\partial W_i}",
         f"With η = {lab.settings['rate']:g}."),
    )  # fmt: skip
    st.markdown(SLIPS)


def code(lab: Backprop) -> None:
    """The passes that ran, and their gradients to take away."""
    n, net, loss = lab.numbers(), lab.net, lab.loss
    lesson.code([Dense.forward, Dense.backward, paths],
                lambda: script(net, n.x, n.y, loss), "backprop.py")  # fmt: skip
    lesson.download("Download the gradients (CSV)", lambda: lesson.csv_of(rows(n)),
                    "gradients.csv")  # fmt: skip


@st.fragment
def backprop() -> None:
    """The stage and what belongs to the net."""
    session = use(LAB, Backprop, CONTROLS, drawings=["w", "xy"])
    question = "What does each weight learn from one example? Walk both passes, number by number."
    lesson.question("Backprop", question, partial(link, session, LAB, CONTROLS))
    with session.lock:
        lab = session.experiment
        sizes, inputs = lab.spec().sizes, len(lab.x)
    stage(session, LAB, cards.cards(PRESET, sizes, inputs, CHALLENGES))
    lesson.tabs(LAB, session, {"Maths": maths, "Code": code}, cards.SOURCES)


backprop()
