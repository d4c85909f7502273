"""Why were deep nets hard?  Every layer's activations and gradients, live, beside a second net."""

import streamlit as st

from labs.basics.depth import Depth
from labs.basics.depth.asides import chain, deviations, dropout_is_ridge, on_a_digit, rescaled
from labs.basics.depth.diagnosis import sentence
from labs.basics.depth.export import rows
from labs.basics.depth.health import theory
from labs.basics.depth.net import Deep
from labs.basics.depth.presets import PRESETS
from labs.figures.curves import curves
from labs.numerals import counted, minus
from pages.ui import lesson
from pages.ui.cards.depth import CARDS, SOURCES
from pages.ui.page import Blocks, page


def maths(lab: Depth) -> Blocks:
    """The product rule of depth, with the numbers of now."""
    health, s = lab.mine.health(), lab.shape
    per_layer = (health.theory[0] / health.theory[-1]).item() ** (1 / max(1, s.depth - 1))
    preset = PRESETS.get(lab.settings["preset"])
    return (
        (r"\frac{\partial L}{\partial h_{i-1}} = W_i^{\top}\left(f'(z_i) \circ "
         r"\frac{\partial L}{\partial h_i}\right) \;[+\; \frac{\partial L}{\partial h_i}"
         r"\text{ with a residual}]",
         f"First to last layer: {health.ratio:.2e} measured. "
         + (preset.remark if preset else sentence(lab.mine))),
        (r"\left\lVert \frac{\partial L}{\partial h_1} \right\rVert \approx \left\lVert "
         r"\frac{\partial L}{\partial h_n} \right\rVert \prod_{i=2}^{n} \frac{\lVert W_i \rVert}"
         r"{\sqrt{\text{units}}}\, \overline{f'(z_i)}",
         f"By this product each layer multiplies by {per_layer:.3f} on the way back; over "
         f"{counted(s.depth - 1, 'layer')} {per_layer ** (s.depth - 1):.2e}."),
        (r"\hat z = \gamma\, \frac{z - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} + \beta",
         "Batch norm: in training by the batch's own statistics, afterwards by running ones."),
    )  # fmt: skip


def dropout(lab: Depth) -> None:
    """Dropout as an ensemble, weight scaling, and ridge."""
    drop = lab.shape.dropout
    if drop == 0:
        st.markdown("Turn the knob *dropout* above 0 to see the predictions under different masks.")
    digit, found = on_a_digit(lab.mine.net)
    if found.mean.isfinite().all():
        spread = ", ".join(f"{c}: {m:.2f} ± {s:.2f}" for c, (m, s) in
                           enumerate(zip(found.mean, found.masks.std(0), strict=True)))  # fmt: skip
        st.markdown(
            f"**An ensemble.** {len(found.masks)} masks on one digit ({digit}): {spread}.  \n"
            "**Weight scaling.** One pass without dropout differs from their mean by at most "
            f"{found.gap:.3f}."
        )
    else:
        st.markdown(f"**An ensemble.** The net gives no probabilities. {sentence(lab.mine)}")
    ridge = dropout_is_ridge(drop or 0.5)
    st.latex(r"\mathbb{E}_m \lVert y - (m \circ x)\tfrac{w}{1-p} \rVert^2 = \lVert y - x w \rVert^2"
             r" + \tfrac{p}{1-p} \textstyle\sum_j \lVert x_j \rVert^2 w_j^2")  # fmt: skip
    st.markdown(
        f"**Ridge.** For a linear net the mean over masks *is* a penalty: at p = "
        f"{ridge.drop:g} the loss over 2000 masks is {ridge.measured:.3f}, by the formula "
        f"{ridge.formula:.3f}."
    )


def norms(lab: Depth) -> None:
    """Batch norm's two kinds of statistics, and the lecture's chain of weights."""
    if lab.shape.norm:
        layers = list(range(1, lab.shape.depth + 1))
        lines = {name: (layers, of) for name, of in deviations(lab.mine.net).items()}
        figure = curves(lines, x_title="layer", y_title="deviation of z", theme=lesson.theme())
        lesson.plot(figure, "depth:norms", "deviation by statistics")
        st.markdown("Before training the running statistics still say mean 0 and variance 1; play, "
                    "and the two lines meet.")  # fmt: skip
    else:
        st.markdown(
            "Switch *batch norm* on to compare the batch's own statistics with running ones."
        )
    st.markdown("**The lecture's chain**, y = w₁w₂w₃w₄x, one step down its gradient:")
    columns = st.columns(3)
    w = columns[0].slider("every w", 0.2, 3.0, 1.5, key="depth.w", bind="query-params")
    x = columns[1].slider("x", -2.0, 2.0, 1.0, key="depth.x", bind="query-params")
    eta = columns[2].slider("η", 0.01, 0.5, 0.1, key="depth.eta", bind="query-params")
    step = chain((w,) * 4, x, eta)
    st.markdown(minus(
        f"y = {step.y:.3f}. The gradient promises a change of {step.expected:.3f}; the step makes "
        f"{step.actual:.3f}, because all four weights move at once."
    ))  # fmt: skip
    others, apart = rescaled(w)
    st.markdown(
        "With batch norm after every factor the scales do not matter: weights "
        f"({', '.join(f'{other:g}' for other in others)}) instead change the outputs by "
        f"{apart:.0e}."
    )


page(
    Depth,
    CARDS,
    maths=maths,
    tabs={"Dropout": dropout, "Batch norm": norms},
    code=[Deep, theory],
    files=[("Download the layers (CSV)", "layers.csv",
            lambda lab: lesson.csv_of(rows(lab.mine.health())))],
    sources=SOURCES,
    opening=100,  # steps that both nets learn when the page opens
)  # fmt: skip
