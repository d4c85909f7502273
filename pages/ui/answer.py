"""Where a network's parameters sit, and where its time goes."""

from collections.abc import Callable, Mapping

import streamlit as st

from labs.figures.bars import bars
from pages.ui import lesson


def shares(
    title: str, key: str, millions: Mapping[str, float], measure: Callable[[], Mapping[str, float]]
) -> None:
    """Show where the parameters of a network sit and, when asked, where its time goes.

    millions: parameters of every layer.  measure: returns the seconds that every layer takes; what
    it raises as ValueError is said.
    """
    st.markdown(f"**{title}**")
    left, right = st.columns(2)
    with left:
        by_layer(millions, "million parameters", key)
    with right:
        if st.button("Measure every layer's time", key=f"time:{key}"):
            st.session_state[f"timed:{key}"] = True
        if f"timed:{key}" not in st.session_state:
            return
        try:
            taken = measure()
        except ValueError as fault:
            lesson.notice(str(fault))
            return
        unit = "milliseconds on this machine, median of 3 runs"
        by_layer({name: 1e3 * taken.get(name, 0) for name in millions}, unit, key)


def by_layer(values: Mapping[str, float], unit: str, key: str) -> None:
    """Show one bar for each layer."""
    figure = bars(
        list(values.values()), labels=list(values), x_title=unit, y_title="layer",
        theme=lesson.theme(),
    )  # fmt: skip
    text = [f"{value:.3g}" for value in values.values()]
    figure.update_traces(text=text, textposition="outside", cliponaxis=False)
    figure.update_xaxes(range=[0, 1.15 * max(values.values(), default=1.0)])  # room for the text
    figure.update_layout(height=90 + 19 * len(values))
    figure.update_yaxes(automargin=True, title_standoff=12)
    lesson.plot(figure, f"{key}:{unit}", f"{unit} by layer")
