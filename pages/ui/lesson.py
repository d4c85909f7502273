"""The parts of a lesson: question, share, maths, code, downloads, sources."""

import csv
import inspect
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from types import ModuleType
from typing import Any, TypeVar

import streamlit as st
from plotly.graph_objects import Figure
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from labs.live import Session
from labs.numerals import minus
from pages.ui.glossary import linked
from pages.ui.share import share
from pages.ui.stage import plain

_read: ContextVar[Session | None] = ContextVar("the session that is being read", default=None)
T = TypeVar("T")
Draw = Callable[[], None]
Reading = Callable[[Any], Draw | None]  # given an experiment; see `tabs`


def question(
    title: str, text: str, link: Callable[[], str], left_out: Callable[[], str] = str
) -> DeltaGenerator:
    """Head the page with its one question and the button that shares `link()`, under which stands
    what it leaves out.

    Returns the place for more buttons beside that one.
    """
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row, st.container(width="stretch", gap=None):
        st.title(title, anchor=False)
        st.markdown(f":gray[{text}]")
    more = row.container(width="content")
    box = row.popover("Share", width="content", key=f"share:{title}", on_change="rerun")
    if box.open:  # the page runs whenever a hand rests, and a QR code takes as long as all the rest
        with box:
            share(link())
            st.caption(left_out())
    return more


@contextmanager
def reading(session: Session) -> Iterator[Any]:
    """Hold the experiment while a page reads it; files offered meanwhile are made under its lock
    too, whenever they are asked for.
    """
    outer = _read.set(session)
    try:
        with session.lock:
            yield session.experiment
    finally:
        _read.reset(outer)


def tabs(
    lab: str,
    session: Session,
    parts: Mapping[str, Reading],
    papers: Sequence[tuple[str, str]] = (),
) -> None:
    """Show the parts of a lesson that are read when the hand rests, by name, and its sources.

    A part is made only while its tab is open, and is given the experiment under its lock, without
    which the experiment neither trains nor answers.  A part that takes long reads what it needs and
    returns a function that draws it, which is called without the lock.
    """
    names = (*parts, "Sources") if papers else tuple(parts)
    for name, tab in zip(names, st.tabs(names, key=f"{lab}.tab", bind="query-params"), strict=True):
        if not tab.open:
            continue
        with tab:
            if name == "Sources":
                sources(*papers)
                continue
            with reading(session) as experiment:
                draw = parts[name](experiment)
            if draw is not None:
                draw()


def maths(*blocks: tuple[str, str]) -> None:
    """Show formulas in the lecture's notation, each with a sentence of what its numbers are now."""
    for formula, sentence in blocks:
        st.latex(_upright(formula))
        st.markdown(linked(_upright(minus(sentence))))


def _upright(text: str) -> str:
    r"""Return text with `_{\mathrm{max}}` for `_{\max}`: an operator alone in a subscript becomes
    MathML that Firefox refuses.
    """
    return re.sub(r"_\{\\(max|min)\}", r"_{\\mathrm{\1}}", text)


def code(
    functions: Sequence[Callable | ModuleType], script: Callable[[], str] | None, name: str
) -> None:
    """Show the code that ran, and offer what `script`, if there is one, writes: it reproduces the
    screen.
    """
    st.markdown("This is the code that made the picture, as it stands in the project.")
    if script is not None:
        download("Download a script that gives the same numbers", script, name)
    for function in functions:
        st.code(inspect.getsource(function), language="python")


def guarded(content: Callable[[], T]) -> Callable[[], T]:
    """Return a function that makes `content` under the lock of the experiment that is being read;
    read without one, it is made of values and needs none.
    """
    session = _read.get()

    def made() -> T:
        with session.lock if session else nullcontext():
            return content()

    return made


def download(label: str, content: Callable[[], str | bytes], name: str) -> None:
    """Offer a file that is made when it is asked for, in a thread of its own.

    Offered by a part that draws without the lock, it is made without the lock too.
    """
    made, key = guarded(content), f"download:{name}"
    st.download_button(label, made, file_name=name, on_click="ignore", key=key)


def upload(
    label: str, most: int, key: str, kinds: Sequence[str] | None = None
) -> UploadedFile | None:
    """Return the file that a visitor gives, if any.

    most: bytes, which are said beside it as MB, and which the browser holds; kinds: of files, by
    the end of their names.
    """
    return st.file_uploader(label, kinds, key=key, max_upload_size=math.ceil(most / 1e6))


def bring(session: Session, label: str, most: int, key: str) -> None:
    """Let the experiment `take` an uploaded file of at most `most` bytes, once; what it finds wrong
    is said in its sentence, and all the lines of it, if there are more.
    """
    bring_file(session, upload(label, most, key), key)


def bring_file(session: Session, file: UploadedFile | None, key: str) -> None:
    """Let the experiment `take` a file that the visitor has just given, once."""
    if file is None or st.session_state.get(f"{key}:taken") == file.file_id:
        return
    st.session_state[f"{key}:taken"] = file.file_id
    try:
        with session.changing() as lab:
            lab.take(file.getvalue())
    except ValueError as fault:
        refused(fault)


def refused(fault: ValueError) -> None:
    """Say why something was refused, and list all that is wrong with it, if it has `lines`."""
    notice(str(fault))
    if lines := getattr(fault, "lines", ()):
        st.dataframe({"what does not fit": list(lines)}, hide_index=True)


def csv_of(rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV, headed by the first row's keys."""
    rows = list(rows)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def plot(figure: Figure, key: str, alt: str) -> None:
    """Show a figure without the bar of tools, which would lie across it on a phone."""
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config={"displayModeBar": False})


def theme() -> str:
    """Return "light" or "dark", whichever the visitor sees."""
    return st.context.theme.type or "light"


def sources(*papers: tuple[str, str]) -> None:
    """List the papers, as (title, link)."""
    st.markdown("\n".join(f"- [{title}]({link})" for title, link in papers))


def notice(sentence: str) -> None:
    """Say one plain sentence about something that did not work."""
    st.warning(plain(sentence), icon=":material/info:")
