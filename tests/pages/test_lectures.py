"""Lectures: every stop opens what it names, and a visitor's own is kept, read and refused."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from labs import lectures
from labs.lectures import Lecture, Stop
from labs.lectures.lecture import MOST
from labs.lectures.terms import terms
from pages.catalogue import ENTRIES
from pages.ui.lecture import KEPT
from pages.ui.stops import WIDGETS, labs_of, wrong
from tests.pages.test_pages import ROOT, open_page
from tests.sentences import is_one_sentence

TEXT = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
STOPS = [(name, stop) for name in lectures.names() for stop in lectures.load(name).stops]
BAD = {
    "": "no title", "title = 1": "text", "title": "TOML", 'title = "a"\nx = "b"': "nobody knows",
    'title = "a"\nstop = 3': "tables", 'title = "a"\n[[stop]]\ntitle = "b"': "no open",
    'title = "a"\n' + '[[stop]]\nopen = "digit"\n' * (MOST + 1): "at most",
}  # fmt: skip


def test_a_stop_names_a_page_and_settings_that_are_there(subtests):
    assert len(STOPS) > 90
    for name, stop in STOPS:
        with subtests.test(f"{name}: {stop.title}"):
            assert wrong(stop) == ""
            assert all((stop.title, stop.caption, stop.first, stop.ask, stop.topic))


def test_a_term_s_link_names_what_is_there(subtests):
    assert len(terms()) >= 150
    for term in terms():
        with subtests.test(term.name):
            assert wrong(term.stop) == ""
            assert 20 < len(term.meaning) < 110


def test_a_stop_s_card_stands_on_its_page(subtests):
    for name, stop in STOPS:
        card = stop.open.partition("#")[2]
        if card:
            with subtests.test(f"{name}: {stop.title}"):
                place = ROOT / "pages" / "ui" / "cards"
                files = [place / f"{stop.page}.py", *(place / stop.page).rglob("*.py")]
                cards = "".join(file.read_text() for file in files if file.exists())
                assert re.search(rf'Card\(\s*"{card}"', cards)


def written(at: AppTest, labs: Iterable[str]) -> str:
    """All that a page shows in words and numbers: its text, and the first frames of its labs."""
    parts = [e.value for kind in (at.title, at.markdown, at.latex, at.caption) for e in kind]
    for key in (f"{name}:session" for name in labs):
        if key not in at.session_state:
            continue
        frame = at.session_state[key].experiment.frame()
        small = (t for group in (frame.maps, frame.values) for t in group.values())
        rows = (" ".join(f"{v:.3f}" for v in t.flatten().tolist()) for t in small)
        parts += [str(frame.notes), *rows]
    return "\n".join(parts)


LOSSES = ".0577 .1820 .0436 .0919 .0575 .0765 .1196 .0834 .0242 .0290"
WORKED = {
    ("uw", "AND by weights"): "0.000 1.000",
    ("uw", "one unit on XOR"): ["3 of 4 right"],
    ("uw", "XNOR combined"): ["4 of 4 right"],
    ("uw", "autodiff as its general form"): "0.693 10.693 11.652 5.5 1.716 −0.959",
    ("uw", "a layered net with Theta and its shapes"): ["3 × 4", "1 × 4"],
    ("uw", "one-dimensional example"): ["2.000 1.000 1.000"],
    ("uw", "two-dimensional example"): ["4.000 3.000 4.000 2.000 4.000 3.000 2.000 3.000 4.000"],
    ("uw", "edge, sharpen, box, Gaussian kernels"): ["0.000 1.000 0.000 1.000 -4.000 1.000 0.000"],
    ("uw", "fully connected, local, shared: the banded matrices"): ["n² = 25", "3n − 2", "m = 3"],
    ("uw", "200 × 200 picture: 16 billion against 40 million"): "16,000,000,000 40,000,000",
    ("uw", "hyperparameters: ten settings"): LOSSES,
    ("cmu-deep-learning", "two linear stages collapse into one"): ["which is rounding"],
    ("cmu-backprop", "derivative of the logistic function"): "0.622 0.235",
    ("cmu-backprop", "the table of forward and backward values"): "∂J/∂y ∂J/∂b ∂J/∂β",
    ("cmu-backprop", "n-grams: chain rule and counting"): "4/11 3/11 2/11 1/11",
    ("cmu-backprop", "AlexNet"): "61,100,840 655566528",
    ("helsinki", "LeNet-5"): "61,706 48120 10164",
    ("helsinki", "adversarial inputs"): ["L∞ ε", "L2"],
    ("helsinki", "recurrent nets, unrolled"): [r"W_{xh} x_t + W_{hh} h_{t-1} + b_h", r"W_{hy} h_t"],
    ("uw", "three-dimensional; d filters stacked"): [r"x_{s+i,\,t+j,\,k}"],
    ("uw", "backpropagation: the delta recursion"): ["it is a − y"],
    ("cmu-backprop", "matrix calculus: layouts and the quiz"): ["y is a scalar, u a vector (2)"],
}


def test_a_worked_number_is_on_the_screen_when_its_stop_opens(subtests):
    for (lecture, topic), wanted in WORKED.items():
        with subtests.test(topic):
            (stop,) = (s for s in lectures.load(lecture).stops if s.topic == topic)
            at = open_page(f"{ENTRIES[stop.page].place}.py", dict(stop.settings))
            seen = written(at, labs_of(ENTRIES[stop.page].place))
            numbers = wanted.split() if isinstance(wanted, str) else wanted
            assert [number for number in numbers if number not in seen] == []


def test_what_widgets_keep_in_an_address_is_known():
    kept = re.compile(r'key=f?"[\w{}.\[\]0]*\.(\w+)",(?:[^()]|\([^()]*\))*?bind="query-params"')
    found = set()
    for file in (ROOT / "pages").rglob("*.py"):
        found |= set(kept.findall(file.read_text()))
    assert found - WIDGETS == set()


@settings(max_examples=30, deadline=None)
@given(TEXT, some.lists(some.builds(Stop, TEXT, TEXT, TEXT, TEXT), max_size=3))
def test_a_lecture_survives_its_file_and_its_link(title, stops):
    lecture = Lecture(title, tuple(stops))
    assert lectures.parse(lectures.dump(lecture)) == lecture
    assert lectures.unpack(lectures.pack(lecture)) == lecture


@pytest.mark.parametrize("text", BAD)
def test_a_bad_file_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=BAD[text]) as refusal:
        lectures.parse(text)
    assert is_one_sentence(str(refusal.value))


@pytest.mark.parametrize("text", ["", "a", "!!", "eJw", lectures.pack(Lecture("a"))[:-3]])
def test_a_damaged_link_is_refused(text):
    with pytest.raises(ValueError, match="damaged"):
        lectures.unpack(text)


def test_a_stop_that_is_not_there_is_named_and_the_rest_shown():
    text = 'title = "mine"\n' + "".join(
        f'[[stop]]\nopen = "{place}"\n'
        for place in ("nowhere", "digit?digit.nothing=1", "digit?digit.tilt=900", "digit")
    )
    at = AppTest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=60)
    at.session_state[KEPT] = lectures.parse(text)
    at.run()
    at.switch_page("lectures.py").run()
    assert not at.exception
    said = [warning.value.replace("\\", "") for warning in at.warning]
    assert [s.split(":")[0] for s in said] == ["Stop 1", "Stop 2", "Stop 3"]
    assert "nowhere" in said[0]
    assert "nothing" in said[1]
    assert "tilt" in said[2]


def test_a_stop_shows_what_its_link_says_whatever_was_left_on_the_page():
    at = open_page("basics/neuron.py", {"neuron.gate": "XOR"})
    first = at.session_state["neuron:session"].experiment
    assert first.settings["gate"] == "XOR"
    for key, value in {"fresh": "1", "lecture": "uw", "stop": "5", "neuron.gate": "AND"}.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    assert at.session_state["neuron:session"].experiment.settings["gate"] == "AND"
    assert any("AND as g" in text.value for text in at.markdown)
    assert "fresh" not in at.query_params


def test_an_unknown_lecture_is_said_and_the_page_shown():
    at = open_page("basics/neuron.py", {"lecture": "nothing", "stop": "x"})
    assert not at.exception
    assert [t.value for t in at.toast]
    at = open_page("basics/neuron.py", {"lecture": "uw", "stop": "x"})
    assert not at.exception
