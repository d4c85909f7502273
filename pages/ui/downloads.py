"""A download that a visitor asks for: its size, its progress, and one sentence if it fails."""

from collections.abc import Callable, Iterator

import streamlit as st

from labs.data.download import Progress
from pages.ui import lesson


def offer(label: str, size: int, fetch: Callable[[], Iterator[Progress]], key: str) -> bool:
    """Show a button that downloads `size` bytes, in one file or several; True once all is here."""
    if not st.button(f"{label} ({size / 1e6:.1f} MB)", key=key):
        return False
    bar, before = st.progress(0.0, "asking"), 0
    try:
        for report in fetch():
            share = min(1.0, (before + report.done) / max(1, size))
            before += report.total if report.done == report.total else 0
            bar.progress(share, f"{report.name}: {report.done / 1e6:.1f} MB")
    except ValueError as fault:
        lesson.notice(str(fault))
        return False
    finally:
        bar.empty()
    return True
