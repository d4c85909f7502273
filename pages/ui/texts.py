"""The choice of a text: what lies on every machine, a download, or the visitor's own."""

import streamlit as st

from labs.data import text
from labs.data.text import Corpus
from pages.ui import lesson
from pages.ui.downloads import offer

OWN = "your text"


def pick_text(key: str, examples: dict[str, Corpus] | None = None) -> Corpus:
    """Return the corpus that the visitor chose."""
    examples = examples or {}
    names = [*examples, "Python source", "Python manual", "Shakespeare", OWN]
    choice = st.segmented_control(
        "text", names, default=names[0], required=True, key=f"{key}.text", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    usual = next(iter(examples.values()), None) or text.python_source()
    if choice in examples:
        return examples[choice]
    if choice == "Python manual":
        return text.python_manual()
    if choice == "Shakespeare":
        here = text.shakespeare_here() or offer(
            "Download Tiny Shakespeare", 1_115_394, text.fetch_shakespeare, f"{key}.fetch"
        )
        return text.shakespeare() if here else _meanwhile(usual)
    if choice == OWN:
        return _bring(key) or _meanwhile(usual)  # none was brought yet
    return text.python_source()


def _meanwhile(usual: Corpus) -> Corpus:
    """Say which text it is as long as the chosen one is not here, and return it."""
    st.caption(f"Until it is here, the text is “{usual.name}”.")
    return usual


def _bring(key: str) -> Corpus | None:
    """Take a pasted or uploaded text; what is wrong with it is said in one sentence."""
    with st.popover("Paste or upload"):
        pasted = st.text_area("Paste a text", key=f"{key}.pasted", height=160)
        what = f"or else a file of UTF-8 text, up to {text.LARGEST:,} characters"
        file = lesson.upload(what, text.MAX_BYTES, f"{key}.file")
    kept = f"{key}.kept"  # the box is empty again after another page, and the text is not
    try:
        if pasted.strip():
            st.session_state[kept] = text.brought(pasted)
        elif file is not None:
            st.session_state[kept] = text.read(file.getvalue(), OWN)
        elif pasted:
            lesson.notice("The pasted text is spaces alone, from which nothing can be learned.")
    except ValueError as fault:
        lesson.notice(str(fault))
    return st.session_state.get(kept)
