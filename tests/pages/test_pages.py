"""Every page runs, also from an address that somebody edited by hand."""

import importlib.util
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from labs.data.strokes import sample
from labs.drawing import to_link
from pages.catalogue import ENTRIES
from tests.sentences import is_one_sentence

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    str(file.relative_to(ROOT / "pages"))
    for file in (ROOT / "pages").rglob("*.py")
    if "ui" not in file.relative_to(ROOT / "pages").parts
    and file.name not in ("index.py", "catalogue.py")
)
OTHERS = ["home.py", "lectures.py", "terms.py"]  # pages without a lab


def open_page(page: str, query: dict[str, str] | None = None) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=60)
    at.run()
    for key, value in (query or {}).items():
        at.query_params[key] = value
    return at.switch_page(page).run()


def session_of(at: AppTest, lab: str = "digit"):
    return at.session_state[f"{lab}:session"]


def toasts(at: AppTest) -> list[str]:
    return [toast.value for toast in at.toast]


def test_every_page_is_registered_and_nothing_else():
    assert sorted([f"{entry.place}.py" for entry in ENTRIES.values()] + OTHERS) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs(page):
    at = open_page(page)
    assert not at.exception
    assert not at.error
    assert at.title
    assert not toasts(at)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_for_the_projector(page):
    at = open_page(page, {"presenter": "true"})
    assert not at.exception
    assert not toasts(at)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in OTHERS])
def test_a_page_is_short(page):  # the gallery grows with the labs
    assert len((ROOT / "pages" / page).read_text().splitlines()) < 150


def test_a_second_run_keeps_the_session():
    at = open_page("vision/digit.py")
    token = session_of(at).token
    assert session_of(at.run()).token == token
    session_of(at).release()
    assert session_of(at.run()).token != token  # let go: the page makes a new one
    assert not at.exception


def test_a_good_address_opens_in_its_state():
    query = {"tilt": "12.5", "view": "gradient", "target": "3", "saliency": "gradcam",
             "strength": "2", "x": to_link(sample(5))}  # fmt: skip
    at = open_page("vision/digit.py", {f"digit.{k}": v for k, v in query.items()})
    lab = session_of(at).experiment
    assert not at.exception
    assert not toasts(at)
    assert lab.settings["tilt"] == 12.5
    assert lab.settings["strength"] == 2
    assert [lab.settings[k] for k in ("view", "target", "saliency")] == ["gradient", "3", "gradcam"]
    assert lab.pad.future == sample(5)


def test_a_dream_from_before_another_net_became_the_standard_one_opens_as_it_was():
    at = open_page("vision/dream.py", {"dream.layer": "stage2.1"})
    lab = session_of(at, "dream").experiment
    assert (lab.net, lab.settings["layer"]) == ("photo-net", "stage2.1")
    assert at.selectbox(key="dream.net").value == "photo-net"
    assert session_of(at.run(), "dream").experiment is lab
    assert not toasts(at)


KNOBS = ("tilt", "strength")
CHOICES = ("view", "target", "scale", "saliency")
JUNK = ("", "junk", "nan", "inf", "-1e999", "9" * 500, "<script>alert(1)</script>", "\x00", "١٢٣٤")


@pytest.mark.parametrize("junk", JUNK, ids=ascii)
def test_an_address_edited_by_hand_is_one_sentence_for_each_fault(junk):
    at = open_page("vision/digit.py", {f"digit.{name}": junk for name in (*KNOBS, *CHOICES, "x")})
    assert not at.exception
    said = toasts(at)
    assert len(said) == len(KNOBS + CHOICES) + 1
    assert len(set(said)) == len(said)
    assert all(is_one_sentence(sentence) for sentence in said), said
    lab = session_of(at).experiment
    assert lab.settings["tilt"] == 0
    assert lab.settings["view"] == "activation"
    assert lab.pad.example


@pytest.mark.parametrize(
    ("name", "value"),
    [("tilt", "90.1"), ("tilt", "-91"), ("strength", "-0.01"), ("strength", "2.5")],
)
def test_out_of_range_is_one_sentence_that_names_the_range(name, value):
    at = open_page("vision/digit.py", {f"digit.{name}": value})
    (said,) = toasts(at)
    assert is_one_sentence(said)
    assert value in said
    assert not at.exception


def test_a_fault_does_not_spoil_the_rest_of_the_address():
    at = open_page("vision/digit.py", {"digit.tilt": "junk", "digit.view": "product"})
    assert len(toasts(at)) == 1
    assert session_of(at).experiment.settings["view"] == "product"


def test_faults_are_told_once():
    at = open_page("vision/digit.py", {"digit.tilt": "junk"})
    assert len(toasts(at)) == 1
    assert not toasts(at.run())


@pytest.mark.parametrize("junk", ["junk", "", "2"])
def test_a_bad_presenter_switch_is_off(junk):
    at = open_page("vision/digit.py", {"presenter": junk})
    assert not at.exception


def test_unknown_parameters_are_left_alone():
    at = open_page("vision/digit.py", {"utm_source": "x", "digit.": "y", "digit.nothing": "z"})
    assert not at.exception
    assert not toasts(at)


def test_the_app_is_found():
    """Imported in a process of its own: the process rules come before torch."""
    import subprocess

    script = (
        "import app, os, sys, torch; assert callable(app.app); "
        "assert torch.get_num_threads() == 1; assert sys.getswitchinterval() < 1e-3"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home())},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert importlib.util.find_spec("app") is not None
