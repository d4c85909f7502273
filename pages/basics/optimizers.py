"""Six optimizers race down a loss surface; drag the start, turn their knobs."""

import inspect

import numpy as np
import streamlit as st

from labs.basics.optimizers import Optimizers
from labs.basics.optimizers.export import rows
from labs.basics.optimizers.slices import filter_normalised
from labs.basics.optimizers.surfaces import Formula
from labs.figures.relief import relief
from labs.models.dense import optimizers
from labs.numerals import counted
from pages.ui import lesson
from pages.ui.cards.optimizers import SOURCES, axes_of, cards
from pages.ui.page import Blocks, page

RULES = [getattr(optimizers, name) for name in
         ("SGD", "Momentum", "Nesterov", "RMSProp", "Adagrad", "Adam")]  # fmt: skip


def maths(lab: Optimizers) -> Blocks:
    """The update rules with their settings, and what the surface is."""
    blocks = [(lab.surface.latex, f"{lab.surface.title.capitalize()}: {lab.surface.remark}")]
    for runner in lab.race.runners:
        rate = lab.rates()[runner.name]
        blocks.append(
            (
                runner.optimizer.formula,
                f"{runner.name}, η = {rate:g}: a loss of {runner.losses[-1]:.3g} after "
                f"{counted(len(runner.path) - 1, 'step')}"
                + (f"; at step {runner.lost} it ran away." if runner.lost else "."),
            )
        )
    blocks.append((r"\eta_{\max} = \frac{2}{\lambda_{\max}}, \qquad "
                   r"\eta_{\max}^{\text{momentum}} = \frac{2(1+\mu)}{\lambda_{\max}}, \qquad "
                   r"\eta_{\max}^{\text{Nesterov}} = \frac{2(1+\mu)}{(1+2\mu)\,\lambda_{\max}}",
                   "On a quadratic the largest curvature λ sets the limit; the card under the loss "
                   "has the numbers of the ball you chose."))  # fmt: skip
    return blocks


def in_space(lab: Optimizers) -> None:
    """The surface in three dimensions, with the trails on it."""
    s, (x_title, y_title) = lab.surface, axes_of(lab)
    x, y = (np.linspace(s.low[i], s.high[i], s.grid) for i in (0, 1))
    trails = {name: trail.numpy() for name, trail in lab.trails().items()}
    figure = relief(x, y, lab.field.numpy(), trails, x_title=x_title, y_title=y_title,
                    z_title="loss", theme=lesson.theme())  # fmt: skip
    lesson.plot(figure, "optimizers:relief", "the surface in space")


def code(lab: Optimizers) -> None:
    """The update rules as they ran, and the race to take away."""
    if isinstance(lab.surface, Formula):
        lesson.code(RULES, lab.script, "race.py")
    else:
        st.code(inspect.getsource(filter_normalised), language="python")
    race = lab.race
    lesson.download("Download the race (CSV)", lambda: lesson.csv_of(rows(race)), "race.csv")


page(
    Optimizers,
    cards,
    maths=maths,
    tabs={"In space": in_space, "Code": code},
    sources=SOURCES,
)
