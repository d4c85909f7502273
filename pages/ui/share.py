"""Sharing a page: its link, and the QR code that leads others in the room to it."""

import io
import socket
from urllib.parse import urlsplit

import segno
import streamlit as st

from labs.lectures import Stop
from labs.numerals import counted
from pages.catalogue import ENTRIES
from pages.ui.lecture import KEPT, own

LONGEST_CODE = 1800  # characters that a QR code still shows well
CODE_SIDE = 420  # pixels, to be read from the last row
HERE = ("localhost", "127.0.0.1", "::1")


def share(link: str) -> None:
    """Show the link to this page as it is now, its QR code for the room, and the way into the
    visitor's own lecture.
    """
    st.markdown("This link opens the page as it is; what you trained or uploaded stays here.")
    show(link)
    add(link)


def add(link: str) -> None:
    """Offer to make the state of a link the next stop of the visitor's own lecture."""
    address = urlsplit(link)
    page = address.path.rsplit("/", 1)[-1]
    if page not in ENTRIES:
        return
    if st.button("Add to my lecture", key="share:add"):
        stop = Stop(f"{page}?{address.query}".rstrip("?"), ENTRIES[page].title)
        try:
            st.session_state[KEPT] = own().with_stop(stop)
        except ValueError as full:
            st.warning(str(full))
            return
        st.rerun()  # the whole page: its browser keeps the lecture
    if stops := own().stops:
        st.page_link("lectures.py", label=f"My lecture has {counted(len(stops), 'stop')}")


def show(link: str) -> None:
    """Show a link and its QR code."""
    st.code(link, language=None, wrap_lines=True)
    if len(link) > LONGEST_CODE:
        st.caption("The link is too long for a QR code.")
        return
    public = for_the_room(link)
    code = segno.make(public, error="l")
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=max(4, CODE_SIDE // code.symbol_size()[0]), border=2)
    st.image(buffer.getvalue(), caption="for the room", alt="QR code of the link")
    if public != link:
        st.caption(
            f"The code leads to {urlsplit(public).netloc}: by that address others in the room "
            "reach this machine."
        )


def for_the_room(link: str) -> str:
    """Return a link to this machine with the address by which others reach it."""
    parts = urlsplit(link)
    if parts.hostname not in HERE:
        return link
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=own_address() + port).geturl()


def own_address() -> str:
    """Return the address by which other machines reach this one, as far as it can tell."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()
