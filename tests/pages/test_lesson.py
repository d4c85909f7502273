"""A page holds an experiment while it reads it, and no longer."""

import threading
from collections.abc import Callable
from unittest.mock import MagicMock

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from labs.live import Session
from labs.live.lab import Lab
from pages.ui import lesson, page
from tests.pages.conftest import ROOT


@pytest.fixture
def offered(monkeypatch) -> dict[str, Callable[[], object]]:
    """What was offered to be downloaded, by the file's name; all tabs are open."""
    files: dict[str, Callable[[], object]] = {}
    fake = MagicMock()
    fake.tabs = lambda names, **_: [MagicMock() for _ in names]
    fake.download_button = lambda _, made, *, file_name, **__: files.update({file_name: made})
    monkeypatch.setattr(lesson, "st", fake)
    return files


def is_free(session: Session) -> bool:
    """Whether another thread could have the experiment now, as the one that trains."""
    got: list[bool] = []

    def train() -> None:
        got.append(session.lock.acquire(blocking=False))
        if got[0]:
            session.lock.release()

    thread = threading.Thread(target=train)
    thread.start()
    thread.join()
    return got[0]


def test_a_part_reads_under_the_lock_and_draws_without_it(offered):
    session, free = Session({"steps": 3}), []

    def part(experiment: dict) -> Callable[[], None]:
        free.append(is_free(session))
        steps = experiment["steps"]

        def draw() -> None:
            free.append(is_free(session))
            lesson.download("values", lambda: (steps, is_free(session)), "values")
            lesson.download("guarded", made, "guarded")

        made = lesson.guarded(lambda: (experiment["steps"], is_free(session)))
        return draw

    lesson.tabs("lab", session, {"Part": part})
    assert free == [False, True]
    session.experiment["steps"] = 4
    assert offered["values"]() == (3, True)  # as it was when it was offered
    assert offered["guarded"]() == (4, False)
    assert is_free(session)


def test_a_file_that_is_offered_under_the_lock_is_made_under_it(offered):
    session = Session({})

    def part(_: dict) -> None:
        lesson.download("a file", lambda: is_free(session), "file")

    lesson.tabs("lab", session, {"Part": part})
    assert offered["file"]() is False
    assert is_free(session)


class Silent(Lab):
    name = "neuron"


class Writing(Silent):
    def script(self) -> str:
        return "print(1)"


def test_a_script_is_offered_where_the_lab_has_one(offered):
    for lab in (Silent, Writing):
        page._code(page.Part(lab=lab, cards=()), f"{lab.__name__}.py", lab())()
    assert {name: made() for name, made in offered.items()} == {"Writing.py": "print(1)"}


def test_a_film_of_the_dream_is_made_without_the_lock(monkeypatch):
    """It takes seconds, for which the dream would stand still."""
    files: dict[str, Callable[[], object]] = {}
    monkeypatch.setattr(
        streamlit, "download_button",
        lambda _, made, *, file_name, **__: files.update({file_name: made}),
    )  # fmt: skip
    monkeypatch.setattr("labs.vision.dream.film.mp4", lambda *_: is_free(session))
    at = AppTest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=60).run()
    at.query_params["dream.tab"] = "Keep it, and the code"
    at.switch_page(str(ROOT / "pages" / "vision" / "dream.py")).run()
    session = at.session_state["dream:session"]
    assert files["dream.mp4"]() is True


def test_firefox_gets_no_operator_alone_in_a_subscript(monkeypatch):
    shown = MagicMock()
    monkeypatch.setattr(lesson, "st", shown)
    lesson.maths((r"\lambda_{\max} = \max_{k} x_k", r"Here $\eta_{\min}$ is 1."))
    shown.latex.assert_called_once_with(r"\lambda_{\mathrm{max}} = \max_{k} x_k")
    shown.markdown.assert_called_once_with(r"Here $\eta_{\mathrm{min}}$ is 1.")
