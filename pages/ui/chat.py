"""A conversation in Streamlit's chat elements, beside the stage that opens its answers."""

import streamlit as st

from labs.live import Session
from pages.ui.stage import plain

HEIGHT = 500  # CSS pixels of the messages
AVATARS = (":material/person:", ":material/network_node:")
# The talk stays in sight beside what is scrolled, where there is room beside it.
CSS = """
@media (min-width: 761px) { .st-key-talk { position: sticky; top: 4rem; } }
.st-key-talk [data-testid="stChatMessage"] { padding: .5rem .7rem; gap: .5rem; }
.st-key-messages { gap: .3rem; }
"""


def chat(session: Session, key: str) -> None:
    """Draw what was said, and a box for the next message."""
    st.html(f"<style>{CSS}</style>")
    with st.container(key="talk"):
        box = st.container(height=HEIGHT, border=True, autoscroll=True, key="messages")
        fault = ""
        if message := st.chat_input("Say something", key=f"{key}:input"):
            with session.lock:
                try:
                    session.experiment.receive({"panel": "talk", "kind": "text", "value": message})
                except ValueError as refusal:
                    fault = str(refusal)
            session.touch()
        if fault:
            st.warning(plain(fault))
    with session.lock:
        messages, remarks = session.experiment.said()
    with box:
        for i, text in enumerate(messages):
            with st.chat_message("assistant" if i % 2 else "user", avatar=AVATARS[i % 2]):
                st.markdown(plain(text))
                if i % 2 and remarks[i // 2]:
                    st.caption(plain(remarks[i // 2]))
