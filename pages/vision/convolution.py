"""What does a kernel see?  Convolution in one and two dimensions, over channels, and in a row."""

from functools import partial

import streamlit as st

from labs.live import Session
from labs.vision.convolution import Filter, convolve, formulas
from labs.vision.convolution.channels import Channels
from labs.vision.convolution.channels.volume import costs, depthwise, pointwise
from labs.vision.convolution.fit import Fit, correlate, gradient
from labs.vision.convolution.pipeline import Pipeline
from labs.vision.convolution.pipeline.stages import Stage, fields
from labs.vision.convolution.pooling import Pooling, pool
from labs.vision.convolution.signal import Signal, banded, counts
from pages.ui.cards.convolution import SOURCES, channels, fit, kernel, line, pipeline, pooling
from pages.ui.page import Part, page_of_parts
from pages.ui.pictures import brought


def own_photograph(session: Session) -> None:
    """Filter the visitor's own photograph."""
    with st.popover("Your photograph"):
        picture = brought(Filter.name, "A photograph")
    if picture is not None:
        with session.changing() as lab:
            lab.load_picture(picture)


part = partial(Part, sources=SOURCES)
PARTS = {
    "a picture": part(
        lab=Filter,
        cards=kernel.CARDS,
        maths=lambda lab: formulas.plane(lab.answer),
        code=[convolve],
        head=own_photograph,
    ),
    "one dimension": part(
        lab=Signal,
        cards=line.CARDS,
        title="In one dimension",
        question="What slides along a signal? Press play, draw with the pen, drag a tap.",
        maths=lambda lab: formulas.line(lab.sliding),
        code=[convolve, banded, counts],
    ),
    "channels": part(
        lab=Channels,
        cards=channels.CARDS,
        title="Channels",
        question="How does a kernel read a colour picture? Drag any slice; count what it costs.",
        maths=lambda lab: formulas.volume(lab.layer),
        code=[convolve, depthwise, pointwise, costs],
    ),
    "ReLU and pooling": part(
        lab=Pooling,
        cards=pooling.CARDS,
        title="ReLU and pooling",
        question="What does pooling forget? Move the picture by a pixel and measure.",
        maths=lambda lab: formulas.pool(lab.settings, lab.before.changes(lab.after)),
        code=[pool.windows, pool.max_pool, pool.average_pool, pool.moved],
    ),
    "a pipeline": part(
        lab=Pipeline,
        cards=lambda lab: pipeline.cards(lab.row.titles),
        title="A pipeline",
        question="What does a late unit see? Stack stages and watch its view grow.",
        maths=lambda lab: formulas.stages(lab.row),
        code=[Stage, fields],
    ),
    "learning a kernel": part(
        lab=Fit,
        cards=fit.CARDS,
        title="Learning a kernel",
        question="Can a kernel be learned? Press play; then take the momentum away and watch it "
        "crawl.",
        maths=lambda lab: formulas.valley(lab.run, lab.settings["rate"], lab.settings["momentum"]),
        code=[gradient, correlate],
        opening=20,
    ),
}
page_of_parts("convolution", PARTS)
