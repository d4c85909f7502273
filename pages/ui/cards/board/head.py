"""A way from the game in play to its search: the same position, opened up."""

import streamlit as st

from labs.live import Session
from labs.play.board.play import Play
from labs.play.board.tree import Searching

PART = "search"


def open_search(session: Session) -> None:
    """Draw a button that opens the position of the game in the part where its search grows."""
    st.button("Open its search", on_click=_go, args=(session,), key="board.open")


def _go(session: Session) -> None:
    """Give the search's address the game and its moves, and let its experiment be made anew."""
    with session.lock:
        lab = session.experiment
        if not isinstance(lab, Play):
            return  # it was let go meanwhile
        address = {"game": lab.game.name, "moves": lab.now.played.text}
    st.session_state.pop(f"{Searching.name}:session", None)
    for key in [key for key in st.query_params if key.startswith(f"{Searching.name}.")]:
        del st.query_params[key]
    for name, value in address.items():
        if value and value != Searching().usual(name):
            st.query_params[f"{Searching.name}.{name}"] = value
    st.session_state["board.part"] = PART
