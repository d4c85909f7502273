"""Which is the real one?  Two passages, an answer, a score."""

from collections.abc import Callable
from typing import Protocol

import streamlit as st


class Pair(Protocol):
    """Two passages; `real` is the index of the true one."""

    passages: tuple[str, str]
    real: int


def pair(key: str, make: Callable[[], Pair], settings: object, told: str) -> None:
    """Show two passages, take the answer, keep the score.

    `make` gives a fresh pair: at first, when asked for another, and when `settings` changed.
    """
    state = st.session_state
    state.setdefault(f"{key}.score", (0, 0))
    if state.get(f"{key}.settings") != settings:
        state.pop(f"{key}.pair", None)
        state[f"{key}.settings"] = settings
    if f"{key}.pair" not in state:
        state[f"{key}.pair"], state[f"{key}.answer"] = make(), None
    question, answer = state[f"{key}.pair"], state[f"{key}.answer"]
    for i, (column, passage) in enumerate(zip(st.columns(2), question.passages, strict=True)):
        with column:
            st.code(passage, language=None, wrap_lines=True)
            st.button(
                "This is the real one", key=f"{key}.{i}", disabled=answer is not None,
                width="stretch", on_click=_answer, args=(key, i),
            )  # fmt: skip
    if answer is None:
        st.markdown(told)
        return
    right, asked = state[f"{key}.score"]
    verdict = "Right" if answer == question.real else "No"
    side = ("left", "right")[question.real]
    st.markdown(f"{verdict}: the real one is on the {side}. {right} of {asked} so far.")
    st.button("Another", key=f"{key}.next", on_click=state.pop, args=(f"{key}.pair",))


def _answer(key: str, chosen: int) -> None:
    state = st.session_state
    right, asked = state[f"{key}.score"]
    state[f"{key}.answer"] = chosen
    state[f"{key}.score"] = (right + (chosen == state[f"{key}.pair"].real), asked + 1)
