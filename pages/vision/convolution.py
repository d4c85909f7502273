"""What does a kernel see?  Convolution in one and two dimensions, under the fingers."""

from functools import partial

import streamlit as st

from labs.live import Session
from labs.vision.convolution import Filter, convolve, kernels
from labs.vision.convolution.challenges import CHALLENGES
from labs.vision.convolution.export import script
from pages.ui import lesson
from pages.ui.cards import convolution as cards
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


@st.fragment
def plane() -> None:
    """The 2-D stage and what belongs to it."""
    session = use(LAB, Filter, cards.CONTROLS, drawings=["kernel"])
    question = "What does a kernel see? Drag its numbers and watch the picture answer."
    share = partial(link, session, LAB, cards.CONTROLS)
    with lesson.question("Convolution", question, share), st.popover("Your photograph"):
        take_picture(session)
    dares = [{"key": c.key, "text": c.text, "hint": c.hint} for c in CHALLENGES]
    stage(session, LAB, [cards.FILTER, cards.INSPECT, cards.DRAWING, cards.dares(dares)])
    tabs = st.tabs(("Maths", "Code", "Sources"), key="convolution.tab", bind="query-params")
    formulas, code, papers = tabs
    with session.lock:
        lab = session.experiment
        if formulas.open:
            with formulas:
                maths(lab)
        kernel, how = lab.kernel.clone(), lab.how
        source, colour = str(lab.settings["source"]), str(lab.settings["colour"])
    with code:
        lesson.code([convolve], partial(script, kernel, how, source, colour), "convolution.py")
    with papers:
        lesson.sources(*cards.SOURCES)


plane()
