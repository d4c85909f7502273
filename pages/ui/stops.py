"""A stop and the page that shows it: the link there, what is wrong with it, its lab made warm."""

from functools import lru_cache
from threading import Thread
from typing import Any

import streamlit as st

from labs.lectures import Stop
from labs.lectures.lecture import MOST
from labs.live.known import labs_below
from labs.live.lab import Lab
from pages.catalogue import ENTRIES

FRESH = "fresh"  # in an address: open the page anew, whatever was left on it
# What widgets beside a stage keep in an address; `tests/pages/test_lectures.py` looks for them.
WIDGETS = {"part", "tab", "subject", "net", "data", "of", "quiz", "text", "w", "x", "eta"}
_warm: set[type[Lab]] = set()  # labs that were made once in this process


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


def todo(stop: Stop) -> str:
    """Return what to do first, and what to ask."""
    ask = f"Ask: {stop.ask}" if stop.ask else ""
    return " ".join(part for part in (stop.first, ask) if part)


@lru_cache(maxsize=2 * MOST)
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
    if entry is None:
        return
    labs = labs_of(entry.place)
    named = next((k.rpartition(".")[0] for k in stop.settings), stop.page)
    kind = labs.get(named, labs.get(stop.page))
    if kind is None or kind in _warm:
        return
    _warm.add(kind)

    def make() -> None:
        lab = kind()
        lab.open({k.rpartition(".")[2]: v for k, v in stop.settings.items()})
        lab.frame()

    Thread(target=make, name="warm", daemon=True).start()
