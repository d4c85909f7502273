"""A conversation in Streamlit's chat elements, beside the stage that opens its answers."""

import streamlit as st

from labs.live import Session
from pages.ui.stage import plain

HEIGHT = 470  # CSS pixels of the messages


def chat(session: Session, key: str) -> None:
    """Draw what was said, and a box for the next message."""
    box = st.container(height=HEIGHT, border=True, autoscroll=True)
    fault = ""
    if message := st.chat_input("Say something", key=f"{key}:input"):
        with session.lock:
            try:
                session.experiment.receive({"panel": "talk", "kind": "text", "value": message})
            except ValueError as refusal:
                fault = str(refusal)
        session.touch()
    with session.lock:
        messages, remarks = session.experiment.said()
    if fault:
        st.warning(plain(fault))
    with box:
        for i, text in enumerate(messages):
            with st.chat_message("assistant" if i % 2 else "user", avatar=AVATARS[i % 2]):
                st.markdown(plain(text))
                if i % 2 and remarks[i // 2]:
                    st.caption(plain(remarks[i // 2]))


AVATARS = (":material/person:", ":material/network_node:")
