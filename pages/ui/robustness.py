"""A figure of an attack: what is said around a picture."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

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
