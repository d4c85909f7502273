"""Which is the real one?  Two passages, an answer, a score."""

from collections.abc import Callable
from typing import Protocol

import streamlit as st


class Pair(Protocol):
    """Two passages; `real` is the index of the true one."""

    passages: tuple[str, str]
    real: int


def pair(key: str, make: Callable[[], Pair], settings: object, told: str) -> None:
    """Show two passages, take the answer, keep the score.  Call it within a fragment.

    `make` gives a fresh pair: at first, when asked for another, and when `settings` changed.
    """
    state = st.session_state
    score = state.setdefault(f"{key}.score", [0, 0])
    if state.get(f"{key}.settings") != settings or f"{key}.pair" not in state:
        state[f"{key}.pair"], state[f"{key}.answer"] = make(), None
        state[f"{key}.settings"] = settings
    question, answer = state[f"{key}.pair"], state[f"{key}.answer"]
    for i, (column, passage) in enumerate(zip(st.columns(2), question.passages, strict=True)):
        with column:
            st.code(passage, language=None, wrap_lines=True)
            pressed = st.button(
                "This is the real one", key=f"{key}.{i}", disabled=answer is not None,
                width="stretch",
            )  # fmt: skip
        if pressed:
            state[f"{key}.answer"] = i
            state[f"{key}.score"] = [score[0] + (i == question.real), score[1] + 1]
            st.rerun(scope="fragment")
    if answer is None:
        st.markdown(told)
        return
    verdict = "Right" if answer == question.real else "No"
    side = ("left", "right")[question.real]
    st.markdown(f"{verdict}: the real one is on the {side}. {score[0]} of {score[1]} so far.")
    if st.button("Another", key=f"{key}.next"):
        del state[f"{key}.pair"]
        st.rerun(scope="fragment")
