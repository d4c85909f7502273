"""A lecture that is being given: the bar below the page, its keys, and a second window's notes."""

from pathlib import Path

import streamlit as st

from labs import lectures
from labs.figures.theme import THEMES
from labs.lectures import Lecture, Stop
from pages.catalogue import ENTRIES
from pages.ui.stage import plain
from pages.ui.stops import link, todo, warm, wrong

OWN = "own"  # the name of the visitor's own lecture in an address
KEPT = "lecture:own"  # that lecture
CSS = """
.st-key-lecture-bar {{ position: fixed; left: 0; right: 0; bottom: 0; z-index: 90; gap: .2rem;
  padding: 0 1.4rem .5rem; background: {card}; border-top: 1px solid {line}; }}
[data-testid="stApp"]:not(:has([data-testid="stExpandSidebarButton"])) .st-key-lecture-bar {{
  left: 210px; }}
.st-key-lecture-bar [data-testid="stProgress"] > div > div {{ height: 3px; }}
[data-testid="stApp"]:has(.st-key-lecture-bar) [data-testid="stMainBlockContainer"] {{
  padding-bottom: 9rem; }}
@media (max-width: 760px) {{
  .st-key-lecture-bar {{ padding: 0 .6rem .4rem; }}
  .st-key-lecture-text {{ order: -1; min-width: 100%; max-height: 6.5rem; overflow-y: auto; }}
  .st-key-lecture-text p {{ font-size: .85rem; }}
}}
"""
_keys = st.components.v2.component(
    "glassbox.lecture", js=(Path(__file__).parent / "lecture.js").read_text(encoding="utf-8")
)


def own() -> Lecture:
    """Return the visitor's own lecture, at the beginning an empty one; it lasts as long as the
    session, and longer as a file or a link.
    """
    return st.session_state.setdefault(KEPT, Lecture("My lecture"))


def find(name: str) -> Lecture:
    """Return a lecture by its name in an address.  Raises ValueError where there is none."""
    return own() if name == OWN else lectures.load(name)


def bar() -> None:
    """Below a page that is a stop: what to say, and the ways on and back."""
    name, stops = st.query_params.get("lecture"), ()
    try:
        stops = find(name).stops if name else ()
    except ValueError as fault:
        st.toast(plain(str(fault)))
    if not name or not stops:
        return
    asked = st.query_params.get("stop", "1")
    at = min(max(int(asked) if asked.isdecimal() else 1, 1), len(stops))
    stop = stops[at - 1]
    colors = THEMES[st.context.theme.type or "light"]
    st.html(f"<style>{CSS.format(card=colors.card, line=colors.line)}</style>")
    with st.container(key="lecture-bar"):
        st.progress(at / len(stops))
        with st.container(horizontal=True, vertical_alignment="center"):
            _way("back", name, stops, at - 1)
            with st.container(key="lecture-text", gap=None):
                st.markdown(f"**{plain(stop.title or stop.page)}** &ensp;{plain(stop.caption)}")
                if stop.page not in ENTRIES:
                    st.caption(plain(wrong(stop)))
                elif not st.session_state.get("presenter"):
                    st.caption(plain(todo(stop)))
            st.page_link("lectures.py", label=f"{at} / {len(stops)}", query_params={"read": name})
            _way("next", name, stops, at + 1)
        card = stop.open.partition("#")[2]
        where = {"lecture": name, "at": at, "count": len(stops), "card": card}
        _keys(key="lecture:keys", data=where)
    if at < len(stops):
        warm(stops[at])


def followed() -> tuple[str, int]:
    """Return the lecture that another window of this browser gives, and its stop from 1; "" and 0
    while there is none.
    """
    result = _keys(key="lecture:notes", data={"notes": True}, on_at_change=lambda: None)
    if result.at:
        st.session_state["lecture:followed"] = str(result.at)
    name, _, at = st.session_state.get("lecture:followed", "").rpartition(" ")
    return name, int(at) if at.isdecimal() else 0


def _way(way: str, name: str, stops: tuple[Stop, ...], to: int) -> None:
    there = 1 <= to <= len(stops)
    target = link(stops[to - 1] if there else stops[0], lecture=name, stop=str(to))
    with st.container(key=f"lecture-{way}", width="content"):
        st.page_link(**target, label=way.capitalize(), disabled=not there)
