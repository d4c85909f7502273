"""Which is the real one?  Two passages, an answer, a score."""

from collections.abc import Callable
from typing import Protocol

import streamlit as st

HEIGHT = 370  # CSS pixels of a passage, so that both are alike


class Pair(Protocol):
    """Two passages; `real` is the index of the true one, `bits` what they cost the network."""

    passages: tuple[str, str]
    real: int
    bits: tuple[float, float]


def pair(key: str, make: Callable[[], Pair], settings: object, told: str) -> Pair | None:
    """Show two passages, take the answer, keep the score; return the pair once it is answered.

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
            st.code(passage, language=None, wrap_lines=True, height=HEIGHT)
            st.button(
                "This is the real one", key=f"{key}.{i}", disabled=answer is not None,
                width="stretch", on_click=_answer, args=(key, i),
            )  # fmt: skip
    if answer is None:
        st.markdown(told)
        return None
    right, asked = state[f"{key}.score"]
    verdict = "Right" if answer == question.real else "No"
    side = ("the first", "the second")[question.real]
    true, own = question.bits[question.real], question.bits[1 - question.real]
    st.markdown(
        f"{verdict}: the real one is {side}. {right} of {asked} so far. It costs the network "
        f"{true:.2f} bits a character; its own words cost {own:.2f}."
    )
    st.button("Another", key=f"{key}.next", on_click=state.pop, args=(f"{key}.pair",))
    return question


def _answer(key: str, chosen: int) -> None:
    state = st.session_state
    right, asked = state[f"{key}.score"]
    state[f"{key}.answer"] = chosen
    state[f"{key}.score"] = (right + (chosen == state[f"{key}.pair"].real), asked + 1)
