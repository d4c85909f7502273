"""A whole page from a lab, its cards and its texts: question, share, stage, tabs."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

import streamlit as st

from labs.live import Session, panels
from labs.live.controls import Button, Setting, Timeline
from labs.live.lab import UNDO, Lab
from pages.catalogue import ENTRIES, Entry
from pages.ui import lesson, parts
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, link, stage, use

ASIDE = (4, 7)  # the widths of what stands beside a stage, and of the stage
Blocks = Sequence[tuple[str, str]]  # formulas, each with a sentence of its numbers now


@dataclass(frozen=True, kw_only=True)
class Part:
    """One stage with what belongs to it.  A page has one, or several by name."""

    lab: type[Lab]
    cards: Sequence[Card] | Callable[[Any], Sequence[Card]]  # or made from the experiment
    title: str = ""  # "" for both: what the catalogue says
    question: str = ""
    maths: Callable[[Any], Blocks] | None = None
    code: Sequence[Callable | ModuleType] = ()
    tabs: Mapping[str, lesson.Reading] = field(default_factory=dict)  # between both
    files: Sequence[tuple[str, str, Callable[[Any], str | bytes]]] = ()  # label, name, content
    sources: Sequence[tuple[str, str]] = ()
    opening: int = 0  # steps that a fresh stage takes by itself
    head: Callable[[Session], None] | None = None  # draws buttons beside Share
    aside: Callable[[Session], None] | None = None  # draws what stands left of the stage
    variant: Callable[[], Hashable] | None = None  # what the lab is made with

    @property
    def entry(self) -> Entry:
        """The line of the catalogue.  Raises ValueError for a lab that has none."""
        name = self.lab.name.split(".")[0]
        if name not in ENTRIES:
            raise ValueError(
                f"pages/catalogue.py has no place that ends in {name!r}, the name of "
                f"{self.lab.__name__}"
            )
        return ENTRIES[name]

    def cards_of(self, session: Session) -> list[Card]:
        """Return the cards as they are now; the challenges come last unless they have a place.

        Raises ValueError for a control that is not the lab's own.
        """
        with session.lock:
            made = self.cards(session.experiment) if callable(self.cards) else self.cards
            known = {control.name: control for control in session.experiment.controls}
        for control in (c for card in made for c in card.controls):
            own = known.get(control.name)
            if isinstance(control, Setting | Button) and own is None:
                raise ValueError(f"{self.lab.__name__} has no control {control.name}")
            if isinstance(control, Setting) and replace(control, default=own.default) != own:
                raise ValueError(f"a card has another {control.name} than {self.lab.__name__}")
        if self.lab.undoable:  # beside what is at hand: on the first card that has controls
            first = next(k for k, card in enumerate(made) if card.controls)
            card = made[first]
            card = replace(card, controls=(*card.controls, UNDO))
            made = [*made[:first], card, *made[first + 1 :]]
        challenges = self.lab.challenges
        if challenges and not any(card.name == "challenges" for card in made):
            return [*made, challenges_card(challenges)]
        return list(made)


def page(lab: type[Lab], cards: Any, **more: Any) -> None:
    """Show the page of one lab; `more` are the other fields of `Part`."""
    _show(Part(lab=lab, cards=cards, **more))


def page_of_parts(
    page: str, several: Mapping[str, Part | Callable[[], None]], default: str = ""
) -> None:
    """Show one of the parts of a page, which the visitor chooses and the address names: a stage
    with what belongs to it, or what a function draws.
    """
    drawn = {k: partial(_show, p) if isinstance(p, Part) else p for k, p in several.items()}
    parts.show(page, drawn, default)


def check(make: Callable[[], Lab], cards: Sequence[Card]) -> None:
    """Raise ValueError that names what the cards' panels lack in a first frame, or do not read."""
    shown = [panel for card in cards for column in card.columns for panel in column]
    timed = [c for card in cards for c in card.controls if isinstance(c, Timeline)]
    shown += [SimpleNamespace(kind="timeline", name=c.name, options={}) for c in timed]
    frame = make().frame()
    faults = panels.missing(frame, shown)
    faults += [f"no panel reads {key}" for key in panels.unread(frame, shown)]
    if faults:
        raise ValueError("; ".join(faults))


@st.fragment
def _show(part: Part) -> None:
    lab, top, entry = part.lab, st.container(), part.entry
    variant = part.variant() if part.variant else ""
    session = use(lab.name, partial(lab, variant) if variant else lab, variant=variant)
    if part.opening:
        session.begin(part.opening)
    share = parts.address if f"{entry.name}.part" in st.session_state else link
    with top:
        head = lesson.question(
            part.title or entry.title, part.question or f"{entry.question} {entry.hint}",
            partial(share, session, lab.name), partial(_left_out, session),
        )  # fmt: skip
    if part.head:
        with head:
            part.head(session)
    cards = part.cards_of(session)
    if not session.shown and st.get_option("server.fileWatcherType") != "none":
        check(partial(lab, variant) if variant else lab, cards)  # somebody is writing it
    place = nullcontext()
    if part.aside:
        left, place = st.columns(ASIDE)
        with left:
            part.aside(session)
    with place:
        stage(session, lab.name, cards)
    with session.lock:  # after the stage: a new one does not wait for it
        if session.experiment.rest():
            session.touch()
    tabs = dict(part.tabs)
    if part.maths:
        tabs = {"Maths": lambda now: partial(lesson.maths, *part.maths(now))} | tabs
    if part.code:
        name = f"{lab.name.rsplit('.', 1)[-1]}.py"
        tabs["Code"] = partial(_code, part, name)
    lesson.tabs(lab.name, session, tabs, part.sources)


def _left_out(session: Session) -> str:
    """Return what a link of the session leaves out."""
    with session.lock:
        return session.experiment.left_out()


def _code(part: Part, name: str, lab: Any) -> lesson.Draw:
    script = None if type(lab).script is Lab.script else lesson.guarded(lab.script)
    files = [(label, lesson.guarded(partial(made, lab)), file) for label, file, made in part.files]

    def draw() -> None:
        lesson.code(part.code, script, name)
        for file in files:
            lesson.download(*file)

    return draw
