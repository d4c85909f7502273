"""Six optimizers race down a loss surface; drag the start, turn their knobs."""

import inspect
from functools import partial

import numpy as np
import streamlit as st

from labs.basics.optimizers import Optimizers
from labs.basics.optimizers.challenges import CHALLENGES
from labs.basics.optimizers.experiment import surface_of
from labs.basics.optimizers.export import rows, script
from labs.basics.optimizers.slices import NETS, filter_normalised
from labs.basics.optimizers.surfaces import SURFACES, Formula
from labs.figures.relief import relief
from labs.models.dense import optimizers
from pages.ui import lesson
from pages.ui.cards import optimizers as cards
from pages.ui.challenges import challenges_card
from pages.ui.stage import link, stage, use

LAB = "optimizers"
TITLES = [(key, s.title) for key, s in SURFACES.items()] + [(k, net[0]) for k, net in NETS.items()]
SURFACE = cards.surface(TITLES)


def controls() -> tuple:
    """Return the controls with the defaults of the surface that is shown or linked to."""
    session = st.session_state.get(f"{LAB}:session")
    if session is not None and not session.released:
        name = session.experiment.settings["surface"]
    else:
        name = st.query_params.get(f"{LAB}.surface")
    known = surface_of(name if name in dict(TITLES) else SURFACE.default)
    return (SURFACE, cards.batch(known.batch), *cards.rates(known.rates), *cards.SHAPES)


def maths(lab: Optimizers) -> None:
    """The update rules with their settings, and what the surface is."""
    blocks = [(lab.surface.latex, f"{lab.surface.title.capitalize()}: {lab.surface.remark}")]
    for runner in lab.race.runners:
        rate = lab.rates()[runner.name]
        blocks.append((runner.optimizer.formula,
                       f"{runner.name}, η = {rate:g}: a loss of {runner.losses[-1]:.3g} after "
                       f"{len(runner.path) - 1} steps."))  # fmt: skip
    blocks.append((r"\eta_{\max} = \frac{2}{\lambda_{\max}}, \qquad "
                   r"\eta_{\max}^{\text{momentum}} = \frac{2(1+\mu)}{\lambda_{\max}}, \qquad "
                   r"\eta_{\max}^{\text{Nesterov}} = \frac{2(1+\mu)}{(1+2\mu)\,\lambda_{\max}}",
                   "On a quadratic the largest curvature λ sets the limit; the card under the loss "
                   "has the numbers of the ball you chose."))  # fmt: skip
    lesson.maths(*blocks)


def in_space(lab: Optimizers) -> None:
    """The surface in three dimensions, with the trails on it."""
    s, field = lab.surface, lab.field().numpy()
    x, y = (np.linspace(s.low[i], s.high[i], s.grid) for i in (0, 1))
    trails = {name: trail.numpy() for name, trail in lab.trails().items()}
    axes = axes_of(lab)
    figure = relief(x, y, field, trails, x_title=axes[0], y_title=axes[1], z_title="loss",
                    theme=lesson.theme())  # fmt: skip
    lesson.plot(figure, "optimizers:relief", "the surface in space")


def axes_of(lab: Optimizers) -> tuple[str, str]:
    """Return the names of the two coordinates."""
    if isinstance(lab.surface, Formula):
        return "x", "y"
    return "u, along direction d₁", "v, along direction d₂"


def code(lab: Optimizers) -> None:
    """The update rules as they ran, and the race to take away."""
    race, settings = lab.race, dict(lab.settings)
    if isinstance(lab.surface, Formula):
        lesson.code([getattr(optimizers, name) for name in
                     ("SGD", "Momentum", "Nesterov", "RMSProp", "Adagrad", "Adam")],
                    lambda: script(race, settings), "race.py")  # fmt: skip
    else:
        st.code(inspect.getsource(filter_normalised), language="python")
    lesson.download("Download the race (CSV)", lambda: lesson.csv_of(rows(race)), "race.csv")


@st.fragment
def race() -> None:
    """The stage and what belongs to the race."""
    known = controls()
    session = use(LAB, Optimizers, known, drawings=["race"])
    question = "Which way down? Six optimizers race from one start; drag it, turn their knobs."
    lesson.question("Optimizers", question, partial(link, session, LAB, known))
    with session.lock:
        lab = session.experiment
        if lab.race.steps < lab.goal:
            lab.catch_up()
            session.touch()
        axes = axes_of(lab)
    stage(session, LAB, [
        cards.race(SURFACE, known[1], axes), cards.STANDINGS, cards.settings(known[2:8]),
        challenges_card(CHALLENGES, "drag", 5),
    ])  # fmt: skip
    parts = {"Maths": maths, "In space": in_space, "Code": code}
    lesson.tabs(LAB, session, parts, cards.SOURCES)


race()
