"""What does a kernel see?  Convolution in one and two dimensions, over channels, and in a row."""

from functools import partial

import streamlit as st

from labs.live import Session
from labs.vision.convolution import Filter, convolve, export, formulas, scripts
from labs.vision.convolution.challenges import CHALLENGES
from labs.vision.convolution.channels import Channels
from labs.vision.convolution.channels.volume import costs, depthwise, pointwise
from labs.vision.convolution.fit import Fit, correlate, gradient
from labs.vision.convolution.pipeline import Pipeline
from labs.vision.convolution.pipeline.challenges import CHALLENGES as BUILD
from labs.vision.convolution.pipeline.stages import Stage, fields
from labs.vision.convolution.pooling import Pooling
from labs.vision.convolution.pooling import pool as pools
from labs.vision.convolution.pooling.challenges import CHALLENGES as MOVE
from labs.vision.convolution.signal import Signal, banded, counts
from pages.ui import lesson, parts
from pages.ui.cards import convolution as cards
from pages.ui.cards.convolution import channels, fit, kernel, line, pipeline, pooling
from pages.ui.dares import dares
from pages.ui.pictures import brought
from pages.ui.stage import stage, use

LAB = "convolution"


def filtering(lab: Filter) -> str:
    """Return the script of the 2-D part."""
    source, colour = str(lab.settings["source"]), str(lab.settings["colour"])
    return export.script(lab.kernel, lab.how, source, colour)


def tabs(lab: str, session: Session, formulas, functions, script) -> None:
    """The tabs of a part: its formulas with the numbers of now, and the code that ran."""
    name = f"{lab.rsplit('.', 1)[-1]}.py"
    shown = {"Maths": lambda one: lesson.maths(*formulas(one)),
             "Code": lambda one: lesson.code(functions, partial(script, one), name)}  # fmt: skip
    lesson.tabs(lab, session, shown, cards.SOURCES)


@st.fragment
def on_a_picture() -> None:
    """One kernel over one picture."""
    session = use(LAB, Filter, kernel.CONTROLS, drawings=["kernel"])
    question = "What does a kernel see? Drag its numbers and watch the picture answer."
    head = parts.question("Convolution", question, session, LAB, kernel.CONTROLS)
    with head, st.popover("Your photograph"):
        picture = brought(LAB, "A photograph")
        if picture is not None:
            with session.lock:
                session.experiment.take(picture)
            session.touch()
    tried = dares(CHALLENGES, "drag", 4)
    stage(session, LAB, [kernel.FILTER, kernel.INSPECT, kernel.DRAWING, tried])
    tabs(LAB, session, formulas.plane, [convolve], filtering)


@st.fragment
def on_a_line() -> None:
    """The sliding window, and the matrix that it is."""
    lab = "convolution.line"
    session = use(lab, Signal, line.CONTROLS)
    question = "What slides along a signal? Press play, draw with the pen, drag a tap."
    parts.question("In one dimension", question, session, lab, line.CONTROLS)
    stage(session, lab, line.CARDS)
    tabs(lab, session, formulas.line, [convolve, banded, counts], scripts.line)


@st.fragment
def over_channels() -> None:
    """A volume, a bank of kernels, a stack of maps."""
    lab = "convolution.channels"
    session = use(lab, Channels, channels.CONTROLS)
    question = "How does a kernel read a colour picture? Drag any slice; count what it costs."
    parts.question("Channels", question, session, lab, channels.CONTROLS)
    stage(session, lab, channels.CARDS)
    functions = [convolve, depthwise, pointwise, costs]
    tabs(lab, session, formulas.volume, functions, scripts.channels)


@st.fragment
def through_pools() -> None:
    """ReLU, pooling, and a picture that moves."""
    lab = "convolution.pooling"
    session = use(lab, Pooling, pooling.CONTROLS)
    question = "What does pooling forget? Move the picture by a pixel and measure."
    parts.question("ReLU and pooling", question, session, lab, pooling.CONTROLS)
    stage(session, lab, pooling.cards(MOVE))
    functions = [pools.windows, pools.max_pool, pools.average_pool, pools.moved]
    tabs(lab, session, formulas.pool, functions, scripts.pooling)


@st.fragment
def in_a_row() -> None:
    """Stages one after another, your own and LeNet's."""
    lab = "convolution.pipeline"
    session = use(lab, Pipeline, pipeline.CONTROLS, drawings=["stages", "x"])
    question = "What does a late unit see? Stack stages and watch its view grow."
    parts.question("A pipeline", question, session, lab, pipeline.CONTROLS)
    with session.lock:
        shown = session.experiment.titles()
    stage(session, lab, pipeline.cards(shown, BUILD))
    tabs(lab, session, formulas.stages, [Stage, fields], scripts.pipeline)


@st.fragment
def learned() -> None:
    """A random kernel that learns what a preset does."""
    lab = "convolution.fit"
    session = use(lab, Fit, fit.CONTROLS)
    question = "Can a kernel be learnt? Press play; then take the momentum away and watch it crawl."
    parts.question("Learning a kernel", question, session, lab, fit.CONTROLS)
    stage(session, lab, [fit.FIT])
    tabs(lab, session, formulas.valley, [gradient, correlate], scripts.fit)


parts.show(
    LAB,
    {"a picture": on_a_picture, "one dimension": on_a_line, "channels": over_channels,
     "ReLU and pooling": through_pools, "a pipeline": in_a_row, "learning a kernel": learned},
)  # fmt: skip
