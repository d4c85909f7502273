"""The live stage: panels and knobs declared here, drawn in the browser by `stage.js`.

    session = use("digit", Digit)
    stage(session, "digit", cards)

The experiment owns every setting; the stage, the widgets and the address are views of it.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from labs.figures.theme import palette
from labs.live import Session, open_session
from labs.live.controls import (
    Button,
    Choice,
    Control,
    Knob,
    Select,
    Timeline,
    Transport,
)
from labs.live.lab import Lab
from pages.ui.address import here
from pages.ui.glossary import pieces
from pages.ui.stage.panel import Card, Panel

__all__ = [
    "Button",
    "Card",
    "Choice",
    "Control",
    "Knob",
    "Panel",
    "Select",
    "Timeline",
    "Transport",
    "link",
    "plain",
    "stage",
    "use",
]

PATIENCE = 1.0  # seconds at most that the rest of a page lets a new stage go first
HERE = Path(__file__).parent
JOINER = "\u2060"  # a character that is not seen
# More than one line on purpose: Streamlit takes a single line for the path of a file.
LOADER = """
export default async function (component) {
  const { data: { base, kinds }, parentElement } = component;
  const turn = (parentElement.turn = (parentElement.turn ?? 0) + 1);
  const load = (name) => import(`${location.origin}${base}/stage/${name}.js`);
  const [{ default: mount }, ...panels] = await Promise.all(
    ["stage", ...kinds.map((kind) => `panels/${kind}`)].map(load)
  );
  if (turn !== parentElement.turn) return; // the page said something newer while this loaded
  return mount(component, Object.fromEntries(kinds.map((kind, i) => [kind, panels[i]])));
}
"""


def use(lab: str, make: Callable[[], Lab], variant: Hashable = "") -> Session:
    """Return the visitor's session at `lab`, new or as it was left.

    A new experiment becomes what the address says; what the address gets wrong is said once and
    left at its default.  Another `variant` (a data set, a shape of network) is another experiment.
    """
    key = f"{lab}:session"
    session: Session | None = st.session_state.get(key)
    same = st.session_state.get(f"{lab}:variant") == variant
    if session is not None and same and not session.released:
        return session
    experiment = make()
    st.session_state[f"{lab}:variant"] = variant
    prefix = f"{lab}."
    said = {k.removeprefix(prefix): v for k, v in st.query_params.items() if k.startswith(prefix)}
    for name, fault in experiment.open(said).items():
        st.toast(plain(fault))
        del st.query_params[f"{lab}.{name}"]
    session = st.session_state[key] = open_session(experiment)
    return session


def plain(text: str) -> str:
    """Return text that Streamlit shows as it is: nothing in it becomes a heading, a list, a link, a
    picture, an icon or a colour.
    """
    text = re.sub(r"(?<=:)(?=//|material/)|(?<=www)(?=\.)|(?=@)", JOINER, text, flags=re.IGNORECASE)
    text = re.sub(r"([\\`*_\[\]()<>!|~$:#&])", r"\\\1", text)
    return re.sub(r"^(\s*\d*)([-+=.])", r"\1\\\2", text, flags=re.MULTILINE)


def link(session: Session, lab: str) -> str:
    """Return the address that opens this page with the session's experiment as it is, and with what
    was chosen above it.
    """
    with session.lock:
        said = {f"{lab}.{name}": value for name, value in session.experiment.address().items()}
    held = {k: v for k, v in st.query_params.items() if k in st.session_state}
    chosen = {k: v for k, v in held.items() if k.rpartition(".")[0] == lab}
    return here(chosen | said)


def stage(session: Session, lab: str, cards: Iterable[Card]) -> Mapping[str, Any]:
    """Mount the stage of `session`; reruns its fragment when the hand rests.

    The pictures scale together until the first card fills the width.  What a page shows after a new
    stage, its browser gets when the stage has been drawn: a visitor came for that.
    """
    cards = tuple(cards)
    new, session.shown = not session.shown, True
    if new:  # it begins at the speed that its transport names
        transports = [c for card in cards for c in card.controls if isinstance(c, Transport)]
        session.speed = next((t.speed for t in transports), None)
    base = st.get_option("server.baseUrlPath").strip("/")
    data = {
        "lab": lab,
        "token": session.token,
        "base": f"/{base}" if base else "",
        "kinds": _kinds(cards),
        "cards": [asdict(card) | {"text": pieces(card.text)} for card in cards],
        "palette": palette(),
        "presenter": bool(st.session_state.get("presenter")),
        "overs": st.session_state.get(f"{lab}:overs", 0),
    }
    result = _component(
        key=f"{lab}:stage",
        data=data,
        on_rest_change=lambda: None,
        on_over_change=partial(_count, f"{lab}:overs"),
    )
    if new:
        session.painted.wait(PATIENCE)
    return result


def _count(key: str) -> None:
    """Count what a stage has said, so that the data of its next mount answers it."""
    st.session_state[key] = st.session_state.get(key, 0) + 1


def _kinds(cards: Iterable[Card]) -> list[str]:
    """The kinds of panels that these cards need: a browser loads no others."""
    panels = {panel.kind for card in cards for column in card.columns for panel in column}
    timed = any(isinstance(control, Timeline) for card in cards for control in card.controls)
    return sorted(panels | ({"timeline"} if timed else set()))


_component = st.components.v2.component(
    "glassbox.stage", css=(HERE / "stage.css").read_text(), js=LOADER
)
