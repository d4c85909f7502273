"""A page in parts: one of them is shown, and the address says which."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from labs.live import Session
from pages.ui import lesson
from pages.ui.address import here
from pages.ui.stage import link


def show(page: str, parts: Mapping[str, Callable[[], None]], default: str = "") -> None:
    """Let the visitor choose one of the parts, at the beginning `default` or the first; run it."""
    chosen = st.segmented_control(
        "part", parts, default=default or next(iter(parts)), required=True, key=f"{page}.part",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    parts[chosen]()


def address(session: Session, lab: str, page: str = "") -> str:
    """Return the link that opens this part of the page as it is now; page: if `lab` does not begin
    with its name.
    """
    page = page or lab.split(".")[0]
    found, part = link(session, lab), st.session_state[f"{page}.part"]
    return f"{found}{'&' if '?' in found else '?'}{urlencode({f'{page}.part': part})}"


def head(page: str, title: str, text: str, *keys: str, lab: str = "") -> DeltaGenerator:
    """Head a part; its link keeps these keys of the address, and what the session at `lab`, which
    comes further down, says of itself.
    """

    def address_now() -> str:
        kept = {k: st.query_params[k] for k in (f"{page}.part", *keys) if k in st.query_params}
        if (session := st.session_state.get(f"{lab}:session")) is not None:
            with session.lock:
                said = session.experiment.address()
            kept |= {f"{lab}.{name}": value for name, value in said.items()}
        return here(kept)

    return lesson.question(title, text, address_now)
