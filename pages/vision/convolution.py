"""What does a kernel see?  Convolution in one and two dimensions, over channels, and in a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from labs.live import Session
from labs.vision.convolution import Filter, convolve, formulas, scripts
from labs.vision.convolution.channels import Channels
from labs.vision.convolution.channels.volume import costs, depthwise, pointwise
from labs.vision.convolution.fit import Fit, correlate, gradient
from labs.vision.convolution.pipeline import Pipeline
from labs.vision.convolution.pipeline.stages import Stage, fields
from labs.vision.convolution.pooling import Pooling, pool
from labs.vision.convolution.signal import Signal, banded, counts
from pages.ui import lesson, parts
from pages.ui.cards.convolution import SOURCES, channels, fit, kernel, line, pipeline, pooling
from pages.ui.challenges import challenges_card
from pages.ui.pictures import brought
from pages.ui.stage import Card, Control, stage, use

LAB = "convolution"


@dataclass(frozen=True)
class Part:
    """One part of the page: its question, its stage, and what is read when the hand rests."""

    lab: str  # the name of its stage and of its settings in the address
    title: str
    question: str
    make: Any  # the experiment's class, which holds its challenges
    controls: tuple[Control, ...]
    cards: Callable[[Any], Sequence[Card]]  # given the experiment
    maths: Callable[[Any], formulas.Blocks]
    code: Sequence[Callable]
    script: Callable[[Any], str]
    doing: str  # what the page checks the challenges at
    span: int = 12  # columns of the challenges' card
    place: int = 9  # and how many cards come before it
    drawings: tuple[str, ...] = ()
    photo: bool = False  # whether the visitor may bring one


@st.fragment
def show(part: Part) -> None:
    """The question, the stage, and the tabs of a part."""
    session = use(part.lab, part.make, part.controls, part.drawings)
    head = parts.question(part.title, part.question, session, part.lab, part.controls)
    if part.photo:
        with head, st.popover("Your photograph"):
            take_picture(session)
    with session.lock:
        cards = part.cards(session.experiment)
    tried = challenges_card(part.make.challenges, part.doing, part.span)
    stage(session, part.lab, [*cards[: part.place], tried, *cards[part.place :]])
    name = f"{part.lab.rsplit('.', 1)[-1]}.py"
    tabs = {
        "Maths": lambda lab: lesson.maths(*part.maths(lab)),
        "Code": lambda lab: lesson.code(part.code, partial(part.script, lab), name),
    }
    lesson.tabs(part.lab, session, tabs, SOURCES)


def take_picture(session: Session) -> None:
    """Filter the visitor's own photograph."""
    picture = brought(LAB, "A photograph")
    if picture is not None:
        with session.changing() as lab:
            lab.take(picture)


PARTS = {
    "a picture": Part(
        LAB, "Convolution", "What does a kernel see? Drag its numbers and watch the picture "
        "answer.", Filter, kernel.CONTROLS, lambda _: kernel.CARDS, formulas.plane, [convolve],
        scripts.plane, "drag", 5, drawings=("kernel", "x"), photo=True,
    ),
    "one dimension": Part(
        f"{LAB}.line", "In one dimension", "What slides along a signal? Press play, draw with the "
        "pen, drag a tap.", Signal, line.CONTROLS, lambda _: line.CARDS,
        formulas.line, [convolve, banded, counts], scripts.line, "draw and drag",
        5, 2, drawings=("x1", "w1"),
    ),
    "channels": Part(
        f"{LAB}.channels", "Channels", "How does a kernel read a colour picture? Drag any slice; "
        "count what it costs.", Channels, channels.CONTROLS, lambda _: channels.CARDS,
        formulas.volume, [convolve, depthwise, pointwise, costs], scripts.channels, "drag",
        drawings=("kernels",),
    ),
    "ReLU and pooling": Part(
        f"{LAB}.pooling", "ReLU and pooling", "What does pooling forget? Move the picture by a "
        "pixel and measure.", Pooling, pooling.CONTROLS, lambda _: pooling.CARDS,
        formulas.pool, [pool.windows, pool.max_pool, pool.average_pool, pool.moved],
        scripts.pooling, "move it",
    ),
    "a pipeline": Part(
        f"{LAB}.pipeline", "A pipeline", "What does a late unit see? Stack stages and watch its "
        "view grow.", Pipeline, pipeline.CONTROLS, lambda lab: pipeline.cards(lab.titles()),
        formulas.stages, [Stage, fields], scripts.pipeline, "build", 6, 4, drawings=("stages", "x"),
    ),
    "learning a kernel": Part(
        f"{LAB}.fit", "Learning a kernel", "Can a kernel be learned? Press play; then take the "
        "momentum away and watch it crawl.", Fit, fit.CONTROLS, lambda _: fit.CARDS,
        formulas.valley, [gradient, correlate], scripts.fit, "let it learn", drawings=("start",),
    ),
}  # fmt: skip
parts.show(LAB, {name: partial(show, part) for name, part in PARTS.items()})
