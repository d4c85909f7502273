"""A network on the plane, trained under your hand."""

import streamlit as st

from labs.basics.playground import Playground
from labs.basics.playground.cloud import split
from labs.basics.playground.export import points_csv, weights
from labs.data.csv_points import LONGEST, read
from labs.live import Session
from labs.models.dense import Dense, train_step
from pages.ui import lesson
from pages.ui.cards.playground import CARDS, SOURCES
from pages.ui.page import Blocks, page
from pages.ui.stage import plain


def your_points(session: Session) -> None:
    """Train on points that the visitor pasted or uploaded."""
    with st.popover("Your points"):
        what = f"A CSV file: x1, x2, label, up to {LONGEST:,} characters"
        file = lesson.upload(what, 4 * LONGEST, "playground:file", ["csv", "txt"])
        text = st.text_area("or paste lines of x1, x2, label", key="playground:text", height=120)
        if not st.button("Use these points", key="playground:take"):
            return
        try:  # a file that is refused must not stand in the way of what is pasted
            pasted = text.strip() or not file
            table = read(text if pasted else file.getvalue().decode("utf-8", "replace"))
        except ValueError as fault:
            lesson.notice(str(fault))
            return
        with session.changing() as lab:
            cloud = split(table.points, float(lab.settings["share"]), int(lab.settings["seed"]))
            cloud.own = True
            lab.put(cloud)
        st.caption(plain(table.remark))


def maths(lab: Playground) -> Blocks:
    """The passes in the lecture's notation, with the numbers of now."""
    run, s = lab.run, lab.run.setup
    shapes = ", ".join(
        rf"\Theta^{{({i})}} \in \mathbb{{R}}^{{{r} \times {c}}}"
        for i, (r, c) in enumerate(run.net.shapes, 1)
    )
    now = run.history[-1]
    return (
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


page(
    Playground,
    CARDS,
    maths=maths,
    code=[train_step, Dense.forward, Dense.backward],
    files=[("Weights (safetensors)", "playground.safetensors", lambda lab: weights(lab.run.net)),
           ("Points (CSV)", "points.csv", lambda lab: points_csv(lab.cloud))],
    sources=SOURCES,
    opening=300,  # epochs
    head=your_points,
)  # fmt: skip
