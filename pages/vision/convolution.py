"""What does a kernel see?  Convolution in one and two dimensions, under the fingers."""

from functools import partial

import streamlit as st

from labs.live import Session
from labs.vision.convolution import Filter, convolve, kernels
from labs.vision.convolution.challenges import CHALLENGES
from labs.vision.convolution.export import script
from labs.vision.convolution.fit import Fit
from labs.vision.convolution.signal import Signal
from pages.ui import lesson
from pages.ui.cards import convolution as cards
from pages.ui.dares import dares
from pages.ui.pictures import brought
from pages.ui.stage import link, stage, use

LAB = "convolution"


def take_picture(session: Session) -> None:
    """Filter the visitor's own photograph."""
    picture = brought(LAB, "A photograph")
    if picture is None:
        return
    with session.lock:
        session.experiment.take(picture)
    session.touch()


def maths(lab: Filter) -> None:
    """The operation in formulas, with the numbers of now."""
    how, m, x, y = lab.how, len(lab.kernel), lab.input(), lab.output()
    parts = kernels.separate(lab.kernel)
    column, row = (
        ", ".join(f"{v:.3f}" for v in part.tolist()) for part in (parts.column, parts.row)
    )
    side = f"⌊({x.shape[1]} + 2·{how.padding} − {how.dilation}·({m} − 1) − 1) / {how.stride}⌋ + 1"
    lesson.maths(
        (r"y_{i,j} = \sum_{u,v} w_{u,v}\; x_{s i + d u - p,\; s j + d v - p}",
         "Deep learning's convolution, which mathematicians call cross-correlation; theirs has "
         r"$x_{i-u,\,j-v}$: the kernel turned by 180 degrees."),
        (r"n' = \left\lfloor \frac{n + 2p - d(m-1) - 1}{s} \right\rfloor + 1",
         lab.fault or f"Here {side} = {y.shape[1]}." if not how.transposed else
         f"Transposed, the other way round: s (n − 1) + d (m − 1) + 1 − 2p = {y.shape[1]}."),
        (r"w = \sum_{r} \sigma_r\, u_r v_r^{\top}",
         f"The rank is {parts.rank}; the largest term is the column ({column}) times the row "
         f"({row}). Rank 1 costs 2m = {2 * m} products a pixel instead of m² = {m * m}."),
    )  # fmt: skip


def code(lab: Filter) -> None:
    """The convolution that ran."""
    s = lab.settings
    again = partial(script, lab.kernel.clone(), lab.how, str(s["source"]), str(s["colour"]))
    lesson.code([convolve], again, "convolution.py")


@st.fragment
def plane() -> None:
    """The 2-D stage and what belongs to it."""
    session = use(LAB, Filter, cards.CONTROLS, drawings=["kernel"])
    question = "What does a kernel see? Drag its numbers and watch the picture answer."
    share = partial(link, session, LAB, cards.CONTROLS)
    with lesson.question("Convolution", question, share), st.popover("Your photograph"):
        take_picture(session)
    stage(session, LAB, [cards.FILTER, cards.INSPECT, cards.DRAWING, dares(CHALLENGES, "drag", 4)])
    lesson.tabs(LAB, session, {"Maths": maths, "Code": code}, cards.SOURCES)


@st.fragment
def line() -> None:
    """One dimension: the sliding window, and the matrix that it is."""
    st.subheader("In one dimension", anchor=False)
    st.markdown(":gray[Press play: the window slides. The same sum is a matrix, mostly zeros, "
                "whose rows share their numbers.]")  # fmt: skip
    session = use("signal", Signal, cards.SIGNAL_CONTROLS)
    stage(session, "signal", [cards.SIGNAL])


@st.fragment
def learning() -> None:
    """A random kernel that learns what a preset does."""
    st.subheader("Let it learn the kernel", anchor=False)
    st.markdown(":gray[A random kernel is fitted to the goal's output by gradient descent. "
                "Neighbouring pixels are alike, so the valley is narrow: take the momentum away "
                "and watch it crawl.]")  # fmt: skip
    session = use("fit", Fit, cards.FIT_CONTROLS)
    stage(session, "fit", [cards.FIT])
    details = st.expander("The maths of the valley", key="fit:maths", on_change="rerun")
    if details.open:
        with details, session.lock:
            fit = session.experiment
            lesson.maths(
                (r"v \leftarrow \beta v - \eta \nabla L(w), \qquad w \leftarrow w + v, \qquad "
                 r"\nabla L(w) = \tfrac{2}{N}\; x \star (x \star w - y)",
                 "The gradient of a cross-correlation is again one: of the input with the error."),
                (r"\kappa = \lambda_{\max} / \lambda_{\min}, \qquad \text{steps} \sim \kappa "
                 r"\;\text{without, } \sqrt{\kappa} \;\text{with momentum}",
                 f"Here κ = {fit.condition:,.0f} and √κ = {fit.condition ** 0.5:,.0f}."),
            )  # fmt: skip


plane()
line()
learning()
