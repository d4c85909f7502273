"""A lecture that is being given: the bar below the page, its keys, and the next stop made warm."""

from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st

from labs import lectures
from labs.figures.theme import THEMES
from labs.lectures import Lecture, Stop
from labs.live.known import labs_below
from labs.live.lab import Lab
from pages.catalogue import ENTRIES
from pages.ui.stage import plain

OWN = "own"  # the name of the visitor's own lecture in an address
KEPT = "lecture:own"  # that lecture
FRESH = "fresh"  # in an address: open the page anew, whatever was left on it
# What widgets beside a stage keep in an address; `tests/pages/test_lectures.py` looks for them.
WIDGETS = {"part", "tab", "subject", "net", "data", "of", "quiz", "text", "w", "x", "eta"}
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
_warm: set[str] = set()  # stops that were made once in this process


def own() -> Lecture:
    """Return the visitor's own lecture, at the beginning an empty one; it lasts as long as the
    session, and longer as a file or a link.
    """
    return st.session_state.setdefault(KEPT, Lecture("My lecture"))


def find(name: str) -> Lecture:
    """Return a lecture by its name in an address.  Raises ValueError where there is none."""
    return own() if name == OWN else lectures.load(name)


def link(stop: Stop, /, **more: str) -> dict[str, Any]:
    """Return what `st.page_link` and `st.switch_page` need to open a stop as it is described."""
    return {"page": place(stop), "query_params": stop.settings | more | {FRESH: "1"}}


def place(stop: Stop) -> str:
    """Return the file of a stop's page; of one that is not there, the lectures'."""
    entry = ENTRIES.get(stop.page)
    return f"{entry.place}.py" if entry else "lectures.py"


def arrive(page: str) -> None:
    """Before a page runs: where a link of ours leads, forget what was left on the page, which then
    shows what the link says.
    """
    if FRESH in st.query_params:
        for key in [k for k in st.session_state if isinstance(k, str)]:
            if key.replace(":", ".").partition(".")[0] == page:
                del st.session_state[key]
        del st.query_params[FRESH]  # which tells the browser the whole address, too


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
        place = {"lecture": name, "at": at, "count": len(stops), "card": card}
        _keys(key="lecture:keys", data=place)
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


def todo(stop: Stop) -> str:
    """Return what to do first, and what to ask."""
    ask = f"Ask: {stop.ask}" if stop.ask else ""
    return " ".join(part for part in (stop.first, ask) if part)


def wrong(stop: Stop) -> str:
    """Return in one sentence what a stop names that is not there; "" where all is."""
    entry = ENTRIES.get(stop.page)
    if entry is None:
        return f"There is no page {stop.page[:40]!r}."
    known, said = labs_of(entry.place), {}
    for key, value in stop.settings.items():
        lab, _, name = key.rpartition(".")
        if lab in known and name not in WIDGETS:
            said.setdefault(lab, {})[name] = value
        elif name not in WIDGETS:
            return f"The page {entry.title} has no setting {key[:60]!r}."
    for lab, settings in said.items():
        made = known[lab]()
        for name in settings.keys() - made.settings.keys() - set(made.links):
            return f"The page {entry.title} has no setting {name[:60]!r}."
        for fault in made.open(settings).values():
            return fault
    return ""


def labs_of(place: str) -> dict[str, type[Lab]]:
    """Return the labs of a page, "vision/digit", by their names."""
    return labs_below(f"labs.{place.replace('/', '.')}")


def warm(stop: Stop) -> None:
    """Make the lab of a stop once, in a thread, so that what it loads is there when it opens."""
    entry = ENTRIES.get(stop.page)
    if entry is None or stop.open in _warm:
        return
    _warm.add(stop.open)

    def make() -> None:
        labs = labs_of(entry.place)
        named = next((k.rpartition(".")[0] for k in stop.settings), stop.page)
        kind = labs.get(named, labs.get(stop.page))
        if kind:
            lab = kind()
            lab.open({k.rpartition(".")[2]: v for k, v in stop.settings.items()})
            lab.frame()

    Thread(target=make, name="warm", daemon=True).start()


def _way(way: str, name: str, stops: tuple[Stop, ...], to: int) -> None:
    there = 1 <= to <= len(stops)
    target = link(stops[to - 1] if there else stops[0], lecture=name, stop=str(to))
    with st.container(key=f"lecture-{way}", width="content"):
        st.page_link(**target, label=way.capitalize(), disabled=not there)
