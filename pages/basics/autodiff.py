"""Type any expression; every number of its forward and backward pass is on the screen."""

import streamlit as st

from labs.basics.autodiff import Autodiff
from labs.basics.autodiff.differences import error_curves
from labs.basics.autodiff.export import rows
from labs.basics.autodiff.operations import local
from labs.basics.autodiff.passes import by_increments, by_users, forward, tangents
from labs.basics.autodiff.presets import PRESETS
from labs.basics.autodiff.shapes import LAYOUTS, quiz, table
from labs.figures.curves import curves
from labs.numerals import number
from pages.ui import lesson
from pages.ui.cards.autodiff import CARDS, SOURCES
from pages.ui.page import Blocks, page


def maths(lab: Autodiff) -> Blocks:
    """The chain rule both ways, with the numbers of now."""
    trace = lab.trace()
    gradient = ", ".join(f"∂y/∂{name} = {number(g)}" for name, g in trace.gradient.items())
    preset = PRESETS.get(lab.settings["preset"])
    return (
        (r"v_j = f_j(v_i : i \to j), \qquad y = v_{\text{last}}",
         f"Forwards: {len(trace.nodes)} nodes, y = {number(trace.value)}. "
         + (preset.remark if preset else "")),
        (r"\bar v_i = \frac{\partial y}{\partial v_i} = \sum_{j:\, i \to j} \bar v_j\, "
         r"\frac{\partial v_j}{\partial v_i}, \qquad \bar y = 1",
         f"Backwards, a sum over the users of each node: {gradient}."),
        (r"\text{or, visiting } j: \quad \bar v_i \mathrel{+}= \bar v_j\, "
         r"\frac{\partial v_j}{\partial v_i} \;\text{ for every input } i",
         "The same sum, one term at a time; this is how PyTorch accumulates."),
        (r"\dot v_j = \sum_{i \to j} \frac{\partial v_j}{\partial v_i}\, \dot v_i",
         "Forward mode needs this pass once for each variable, reverse mode one pass for all.\n\n"
         ":gray[At a kink: relu'(0) = 0, abs'(0) = 0, half each at a tie of max or min "
         "(PyTorch's).]"),
    )  # fmt: skip


def differences(lab: Autodiff) -> None:
    """The error of finite differences over the step size."""
    trace = lab.trace()
    if not trace.gradient:
        st.markdown("The expression has no variable.")
        return
    name = st.selectbox("with respect to", list(trace.gradient), key="autodiff.wrt")
    lines = error_curves(lab.program, lab.values, name, trace.gradient[name])
    figure = curves(
        lines, x_title="step h", y_title="relative error", log=True, theme=lesson.theme()
    )
    figure.update_xaxes(type="log", exponentformat="power")
    figure.update_yaxes(exponentformat="power")
    figure.add_vline(lab.settings["h"], line_dash="dot", annotation_text="h")
    lesson.plot(figure, "autodiff:errors", "error over step size")
    st.markdown(
        "To the right the curve's bend is missed (truncation: as h, or as h² for the central "
        "difference); to the left the last of 16 digits are all that is left (rounding, as 1/h)."
    )


def conventions(_lab: Autodiff) -> None:
    """Shapes of derivatives in both layouts, and the quiz."""
    sizes = st.columns(4)
    m, n, p, q = (
        column.number_input(label, 1, 9, start, key=f"autodiff.{label[0]}", bind="query-params")
        for column, (label, start) in zip(
            sizes, (("m, of y", 2), ("n, of x", 3), ("p, rows", 2), ("q, columns", 4)), strict=True
        )
    )
    for layout in LAYOUTS:
        st.markdown(f"**{layout.capitalize()} layout**: the shape of ∂y/∂x")
        lines = table(m, n, p, q, layout)
        heads = ("y \\ x", "scalar", f"vector ({n})", f"matrix ({p} × {q})")
        kinds = ("scalar", f"vector ({m})", f"matrix ({p} × {q})")
        st.table([dict(zip(heads, (kind, *line), strict=True))
                  for kind, line in zip(kinds, lines, strict=True)])  # fmt: skip
    st.markdown(
        f"**The quiz.** y is a scalar, u a vector ({m}), x a vector ({n}); denominator layout. "
        "Which is ∂y/∂x by the chain rule?"
    )
    answers = {answer.letter: answer for answer in quiz(m, n)}
    for answer in answers.values():
        st.markdown(f"**{answer.letter}** &nbsp; ${answer.formula}$")
    letter = st.radio(
        "Your answer", list(answers), index=None, horizontal=True, key="autodiff.answer"
    )
    if letter:
        chosen = answers[letter]
        st.markdown(f"{chosen.shapes}. {chosen.verdict}" if chosen.shapes else chosen.verdict)


page(
    Autodiff,
    CARDS,
    maths=maths,
    tabs={"Finite differences": differences, "Layout conventions": conventions},
    code=[forward, by_increments, by_users, tangents, local],
    files=[("Download the trace (CSV)", "trace.csv", lambda lab: lesson.csv_of(rows(lab.trace())))],
    sources=SOURCES,
)
