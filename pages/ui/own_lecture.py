"""The visitor's own lecture: its stops in order, its file, its link."""

from dataclasses import replace

import streamlit as st

from labs import lectures
from labs.lectures import Lecture, Stop
from labs.lectures.lecture import LARGEST
from pages.ui import lesson
from pages.ui.address import here
from pages.ui.lecture import KEPT, OWN, own
from pages.ui.share import show
from pages.ui.stage import plain
from pages.ui.stops import link, wrong


def give(name: str, lecture: Lecture, label: str = "Give it") -> None:
    """The link to the first stop."""
    if lecture.stops:
        first = link(lecture.stops[0], lecture=name, stop="1")
        st.page_link(**first, label=label, icon=":material/slideshow:")


def editor() -> None:
    """The visitor's own lecture: its stops in order, its file, its link."""
    lecture = own()
    title = st.text_input("Title", lecture.title, max_chars=200, key="lecture:title")
    stops = list(lecture.stops)
    for i, stop in enumerate(lecture.stops):
        stops[i] = change(i, stop)
        if fault := wrong(stops[i]):
            lesson.notice(f"Stop {i + 1}: {fault}")
    st.session_state[KEPT] = replace(lecture, title=title.strip() or lecture.title,
                                     stops=tuple(stops))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        if stops:
            give(OWN, own())
            with st.popover("Share"):
                show(here({"lecture": lectures.pack(own())}))
            lesson.download("Download (TOML)", lambda: lectures.dump(own()), "lecture.toml")
        with st.popover("From a file"):
            file = lesson.upload("A lecture (.toml)", LARGEST, "lecture:file", ["toml"])
            if file is not None and st.button("Open it in place of this one"):
                load(file.getvalue())


def change(i: int, stop: Stop) -> Stop:
    """Show one stop of the own lecture, to be written, moved or taken out."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{i + 1}. {plain(stop.title or stop.page)}** "
                        f"&ensp;:gray[{plain(stop.open[:80])}]", width="stretch")  # fmt: skip
            up = st.button("Up", key=f"lecture:up:{i}", disabled=i == 0)
            out = st.button("Remove", key=f"lecture:out:{i}")
        left, right = st.columns(2)
        key = f"lecture:{i}:{stop.open}"
        written = replace(
            stop,
            title=left.text_input("Title of the stop", stop.title, key=f"{key}:title"),
            caption=left.text_area("Caption", stop.caption, key=f"{key}:caption", height=90),
            first=right.text_input("What to do first", stop.first, key=f"{key}:first"),
            ask=right.text_area("What to ask", stop.ask, key=f"{key}:ask", height=90),
        )
    if up or out:
        stops = [*own().stops]
        stops[i] = written
        if up:
            stops[i - 1 : i + 1] = stops[i], stops[i - 1]
        else:
            del stops[i]
        st.session_state[KEPT] = replace(own(), stops=tuple(stops))
        st.rerun()
    return written


def load(data: bytes) -> None:
    """Take a lecture from a file, or say what is wrong with it."""
    try:
        if len(data) > 4 * LARGEST:
            raise ValueError(f"A lecture has at most {LARGEST:,} characters.")
        st.session_state[KEPT] = lectures.parse(data.decode())
    except UnicodeDecodeError:
        lesson.notice("This file is no UTF-8 text.")
    except ValueError as fault:
        lesson.refused(fault)
    else:
        st.session_state.pop("lecture:title", None)
        st.rerun()
