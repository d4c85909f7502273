"""A network on the plane, trained under your hand."""

from functools import partial

import streamlit as st

from labs.basics.playground import Playground
from labs.basics.playground.challenges import CHALLENGES
from labs.basics.playground.cloud import split
from labs.basics.playground.export import points_csv, script, weights
from labs.basics.playground.presets import PRESETS
from labs.data.csv_points import LONGEST, read
from labs.live import Session
from labs.models.dense.net import Dense
from labs.models.dense.training import train_step
from pages.ui import lesson
from pages.ui.cards import playground as cards
from pages.ui.stage import link, plain, stage, use

LAB = "playground"
FIRST = 300  # epochs that a fresh stage trains for by itself


def take_points(session: Session) -> None:
    """Train on points that the visitor pasted or uploaded."""
    what = f"A CSV file: x1, x2, label, up to {LONGEST:,} characters"
    file = lesson.upload(what, 4 * LONGEST, f"{LAB}:file", ["csv", "txt"])
    text = st.text_area("or paste lines of x1, x2, label", key=f"{LAB}:text", height=120)
    if not st.button("Use these points", key=f"{LAB}:take"):
        return
    try:
        table = read(file.getvalue().decode("utf-8", "replace") if file else text)
    except ValueError as fault:
        lesson.notice(str(fault))
        return
    with session.changing() as lab:
        cloud = split(table.points, float(lab.settings["share"]), int(lab.settings["seed"]))
        cloud.own = True
        lab.put(cloud)
    st.caption(plain(table.remark))


def maths(lab: Playground) -> None:
    """The passes in the lecture's notation, with the numbers of now."""
    run, s = lab.run, lab.run.setup
    shapes = ", ".join(
        rf"\Theta^{{({i})}} \in \mathbb{{R}}^{{{r} \times {c}}}"
        for i, (r, c) in enumerate(run.net.shapes, 1)
    )
    now = run.history[-1]
    lesson.maths(
        (shapes, f"The bias is folded in: $s_{{j+1}} \\times (s_j + 1)$, together "
         f"{run.net.theta.numel()} parameters."),
        (r"z_i = W_i a_{i-1} + b_i, \qquad a_i = f(z_i), \qquad "
         r"g_i = W_i^{\top}\left(g_{i+1} \circ f'(z_i)\right)",
         f"The training loss is {now.train:.5f} and the test loss {now.test:.5f} at epoch "
         f"{run.epoch}, after {run.steps} steps."),
        (rf"L = {s.task.loss.formula}", f"The loss that is minimised; the penalty adds "
         f"{run.regular():.5f}."),
        (run.optimizer.formula, f"{s.optimizer} with $\\eta$ = {run.how().learning_rate:.4g}."),
    )  # fmt: skip


def take_away(lab: Playground) -> None:
    """The code that ran, a script that repeats the run, weights and points."""
    lesson.code([train_step, Dense.forward, Dense.backward], partial(script, lab), "playground.py")
    with st.container(horizontal=True):
        lesson.download("Weights (safetensors)", partial(weights, lab), "playground.safetensors")
        lesson.download("Points (CSV)", partial(points_csv, lab), "points.csv")


@st.fragment
def playground() -> None:
    """The stage and what belongs to it."""
    session = use(LAB, Playground, cards.CONTROLS, drawings=cards.FROM_LINK)
    session.begin(FIRST)
    question = "How does a net bend the plane until the classes come apart? Touch everything."
    share = partial(link, session, LAB, cards.CONTROLS)
    with lesson.question("Playground", question, share), st.popover("Your points"):
        take_points(session)
    presets = [(key, preset.title) for key, preset in PRESETS.items()]
    stage(session, LAB, cards.playground(presets, CHALLENGES))
    lesson.tabs(LAB, session, {"Maths": maths, "Code": take_away}, cards.SOURCES)


playground()
