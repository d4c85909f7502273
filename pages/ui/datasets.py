"""The choice of a data set, with the download that it may need."""

import streamlit as st

from labs.data import Split, digits
from pages.ui import lesson


def pick_digits(key: str) -> Split:
    """Return the visitor's choice of digits: the small set that is always here, or MNIST."""
    names = ("UCI digits", "MNIST")
    choice = st.segmented_control(
        "digits", names, default=names[0], required=True, key=key, bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if choice == "UCI digits":
        return digits.small()
    if not digits.mnist_here() and not _fetch():
        return digits.small()
    return digits.mnist()


def _fetch() -> bool:
    """Offer the download and do it when asked; True once MNIST is here."""
    size = sum(size for size, _ in digits.FILES.values())
    st.markdown(f"MNIST is a download of {size / 1e6:.1f} MB; until then these are UCI's digits.")
    if not st.button("Download MNIST", key="mnist:fetch"):
        return False
    bar, before = st.progress(0.0, "asking"), 0
    try:
        for report in digits.fetch_mnist():
            if report.done == report.total:
                before += report.total
            share = min(1.0, (before + (report.done % report.total)) / size)
            bar.progress(share, f"{report.name}: {report.done / 1e6:.1f} MB")
    except ValueError as fault:
        bar.empty()
        lesson.notice(str(fault))
        return False
    bar.empty()
    return True
