"""Optional downloads: offered in a sentence, fetched when asked, with progress."""

from collections.abc import Callable, Iterator

import streamlit as st

from labs.data.download import Progress
from pages.ui import lesson


def offered(key: str, sentence: str, fetch: Callable[[], Iterator[Progress]], size: int) -> bool:
    """Offer a download of `size` bytes and do it when asked; True once everything is here."""
    st.markdown(sentence)
    if not st.button("Download", key=f"{key}.fetch"):
        return False
    bar, before = st.progress(0.0, "asking"), 0
    try:
        for report in fetch():
            share = min(1.0, (before + report.done) / size)
            before += report.total if report.done == report.total else 0
            bar.progress(share, f"{report.name}: {report.done / 1e6:.2f} MB")
    except ValueError as fault:
        bar.empty()
        lesson.notice(str(fault))
        return False
    bar.empty()
    return True
