"""Two figures of an attack: what is said around a picture, and how much stands by budget."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from labs.figures.curves import curves
from labs.figures.regions import regions
from pages.ui import lesson


def around(plane: Mapping[str, np.ndarray] | None, names: Sequence[str], eps: float | None) -> None:
    """Show what a net says on a plane through the picture; None: the attack has not moved.

    plane: what `regions` draws.  eps: of the ball, in the attack's norm.
    """
    st.markdown("**What the net says around the picture**, which is the dot. Right is the attack's "
                "direction, up is random noise; lengths are L2, nothing is clipped.")  # fmt: skip
    if plane is None:
        st.markdown("The attack has not moved yet; there is no direction to show.")
        return
    figure = regions(
        **plane, names=names, eps=eps, x_title="along the attack", y_title="along noise",
        theme=lesson.theme(),
    )  # fmt: skip
    lesson.plot(figure, "robustness:plane", "classes on a plane through the picture")


def standing(
    shares: Mapping[str, tuple[Sequence[float], Sequence[float]]], source: str, axis: str,
    eps: float | None,
) -> None:  # fmt: skip
    """Show how many pictures keep their class, by attack: name -> (budgets, shares).

    source: which pictures, read by which net.  axis: what the budgets are.  eps: the visitor's.
    """
    st.markdown(f"**How many pictures stand** against attacks and noise, by budget: {source}.")
    figure = curves(
        shares, x_title=axis, y_title="share still right", y_range=(-0.02, 1.12),
        mark=None if eps is None else (eps, "your ε"), theme=lesson.theme(),
    )  # fmt: skip
    lesson.plot(figure, "robustness:accuracy", "accuracy against epsilon")
