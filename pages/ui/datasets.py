"""The choice of a data set, with the download that it may need."""

import streamlit as st

from labs.data import Split, digits
from pages.ui.downloads import offer


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
    st.markdown("MNIST is a download; until then these are UCI's digits.")
    return offer("Download MNIST", size, digits.fetch_mnist, "mnist:fetch")
