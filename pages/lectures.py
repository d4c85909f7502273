"""Five lectures as walks through live states, and one of the visitor's own."""

from urllib.parse import urljoin

import streamlit as st

from labs import lectures
from labs.lectures.lecture import address
from pages.catalogue import ENTRIES
from pages.ui import gallery, lesson
from pages.ui.address import here
from pages.ui.lecture import KEPT, OWN, find, followed, own
from pages.ui.own_lecture import editor, give
from pages.ui.stage import plain
from pages.ui.stops import todo, warm, wrong

HEIGHT = 760  # of a live stop on the reading page, in pixels


def overview() -> None:
    """All lectures, and the way to make one."""
    st.title("Lectures", anchor=False)
    st.markdown(
        ":gray[Each stop of a lecture is a lab in a state worth showing. Give one with a clicker, "
        "read one alone, or make your own: Share, on every page, adds its state.]"
    )
    there = here({"notes": "true"})
    st.link_button("Notes in a second window", there, icon=":material/sticky_note_2:")
    for name in lectures.names():
        lecture = lectures.load(name)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{lecture.title}**")
                st.caption(f"{lecture.about}: {len(lecture.stops)} stops")
            give(name, lecture)
            st.page_link("lectures.py", label="Read it", query_params={"read": name},
                         icon=":material/menu_book:")  # fmt: skip
    st.header("Your own", anchor=False)
    if not own().stops:
        st.markdown("It has no stop yet. On any page open *Share* and add its state, or begin "
                    "with a file.")  # fmt: skip
    editor()


def read(name: str) -> None:
    """One lecture as a page; one of its stops is live, where the reader is."""
    lecture = find(name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="stretch", gap=None):
            st.title(lecture.title, anchor=False)
            st.markdown(f":gray[{plain(lecture.about)}]")
        give(name, lecture)
        st.page_link("lectures.py", label="All lectures", query_params={})
    live = st.session_state.setdefault(f"lecture:live:{name}", 0)
    theme = lesson.theme()
    for i, stop in enumerate(lecture.stops):
        with st.container(border=True):
            picture, text = st.columns((1, 3), vertical_alignment="center")
            entry = ENTRIES.get(stop.page)
            if entry:
                picture.image(gallery.framed(gallery.cover(entry, theme)), alt=entry.title)
            with text:
                head = f"**{i + 1}. {plain(stop.title or stop.page)}**"
                st.markdown(f"{head} &ensp;:gray[{plain(stop.topic)}]\n\n{plain(stop.caption)}")
                if todo(stop):
                    st.caption(plain(todo(stop)))
                if fault := "" if entry else wrong(stop):
                    lesson.notice(fault)
                elif i != live and st.button("Show it here", key=f"lecture:show:{i}"):
                    st.session_state[f"lecture:live:{name}"] = i
                    st.rerun()
            if i == live and entry:
                st.iframe(urljoin(here({}), address(stop, embed="true")), height=HEIGHT)
    if live + 1 < len(lecture.stops):
        warm(lecture.stops[live + 1])


def notes() -> None:
    """For the lecturer's own window: the stop that another window shows, and the next one."""
    name, at = followed()
    stops = find(name).stops if name in (OWN, *lectures.names()) else ()
    if not 1 <= at <= len(stops):
        st.markdown("Give a lecture in another window of this browser: its notes appear here.")
        return
    st.progress(at / len(stops))
    st.caption(f"{at} of {len(stops)}: {plain(stops[at - 1].topic)}")
    for heading, stop in zip(("Now", "Next"), stops[at - 1 : at + 1], strict=False):
        st.header(f"{heading}: {plain(stop.title or stop.page)}", anchor=False)
        st.markdown(plain(stop.caption))
        if stop.first:
            st.markdown(f"**First:** {plain(stop.first)}")
        if stop.ask:
            st.markdown(f"**Ask:** {plain(stop.ask)}")


shared = st.query_params.get("lecture", "")
if shared and shared not in (OWN, *lectures.names()):  # a whole lecture in a link
    try:
        st.session_state[KEPT] = lectures.unpack(shared)
    except ValueError as refusal:
        lesson.refused(refusal)
    st.query_params.clear()
asked = st.query_params.get("read", "")
if "notes" in st.query_params:
    notes()
elif asked in (OWN, *lectures.names()):
    read(asked)
else:
    if asked:
        lesson.notice(f"There is no lecture {plain(asked[:40])}.")
    overview()
