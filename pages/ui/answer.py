"""What a network says of a photo: five bars, the picture, Grad-CAM on it, and its maps."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import streamlit as st

from labs.figures.bars import bars
from labs.figures.sheet import colors, sheet
from pages.ui import lesson

WIDTH = 640  # pixels of a sheet of maps, about


def show(
    photo: np.ndarray,
    cam: np.ndarray,
    names: Sequence[str],
    shares: Sequence[float],
    stages: Mapping[str, np.ndarray],
    layer: str,
) -> None:
    """Show an answer.

    photo: (S, S, 3) in [0, 1].  cam: (S, S) in [0, 1].  shares: of the likeliest five classes.
    stages: by name, maps (K, h, w).  layer: of which Grad-CAM is taken.
    """
    seen, where, said = st.columns((1, 1, 2))
    seen.image(photo, caption="what the network is shown", width="stretch", alt="the photo")
    heat = colors(cam, limit=1.0, map="unsigned", theme=lesson.theme()) / 255
    mixed = 0.45 * photo + 0.55 * heat
    caption = f"Grad-CAM for “{names[0]}” at {layer}: what speaks for it is bright"
    where.image(mixed, caption=caption, width="stretch", alt=caption)
    figure = bars(
        [100 * share for share in shares], labels=list(names), x_title="probability (%)",
        y_title="class", theme=lesson.theme(),
    )  # fmt: skip
    figure.update_layout(height=260)
    figure.update_xaxes(range=[0, 100])
    figure.update_yaxes(automargin=True, title_standoff=12)
    with said:
        lesson.plot(figure, "answer:top5", "the five likeliest classes")
    label = "The maps of every stage"
    with st.expander(label, expanded=True, key="answer:stages", on_change="rerun") as box:
        if box.open:
            for name, maps in stages.items():
                scale = max(1, round(WIDTH / 8 / maps.shape[-1]))
                picture = sheet(maps, columns=8, scale=scale, gap=3, theme=lesson.theme(),
                                between="line")  # fmt: skip
                size = f"{maps.shape[-2]} × {maps.shape[-1]}"
                told = f"{name}: the {len(maps)} strongest maps, {size}"
                top = f"{np.abs(maps).max():.2g}"
                colours = f"blue is positive, orange negative, the strongest {top}"
                st.image(picture, caption=f"{told}; {colours}", alt=told)


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
