"""The parts of the language page, the quiz, and texts that a visitor brings."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.test_pages import open_page

PAGE = "sequences/language.py"
PARTS = {"n-grams": "Counting", "networks": "Networks", "training": "Training",
         "memory": "Memory", "quiz": "Quiz"}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_from_its_link(part):
    at = open_page(PAGE, {"language.part": part})
    assert not at.exception
    assert not at.warning
    assert at.title[0].value == PARTS[part]


def test_a_part_is_shared_by_its_name():
    at = open_page(PAGE, {"language.part": "quiz"})
    assert not at.get("image")  # a QR code takes time: it is made for who asks
    at.session_state["share:Quiz"] = True  # the popover is open
    at.run()
    assert "language.part=quiz" in at.code[0].value
    assert at.get("image")
    assert not at.exception


def test_a_link_opens_the_text_that_was_chosen():
    query = {"language.part": "n-grams", "language.dice.text": "Python manual"}
    at = open_page(PAGE, query | {"language.dice.n": "2"})
    at.session_state["share:Counting"] = True
    at.run()
    shared = {k: v for k, (v,) in parse_qs(urlsplit(at.code[0].value).query).items()}
    assert shared == query | {"language.dice.n": "2"}


def test_a_part_that_is_none_is_the_usual_one():
    at = open_page(PAGE, {"language.part": "junk"})
    assert not at.exception
    assert at.title[0].value == "Networks"


def test_the_quiz_keeps_the_score():
    at = open_page(PAGE, {"language.part": "quiz"})
    passages = [code.value for code in at.code]
    assert len(passages) == 2
    assert passages[0] != passages[1]
    right = at.session_state["language.pair.pair"].real
    at.button(key=f"language.pair.{right}").click().run()
    assert any("Right" in text.value and "1 of 1" in text.value for text in at.markdown)
    at.button(key="language.pair.next").click().run()
    assert [code.value for code in at.code] != passages
    assert not at.exception


def test_shakespeare_that_is_not_here_is_offered(monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    at = open_page(PAGE, {"language.part": "n-grams", "language.dice.text": "Shakespeare"})
    assert not at.exception
    assert any("1.1 MB" in button.label for button in at.button)


@pytest.mark.parametrize("pasted", ["short", "x" * 2_000_001])
def test_a_text_that_cannot_be_used_is_one_sentence(pasted):
    at = open_page(PAGE, {"language.part": "n-grams", "language.dice.text": "your text"})
    at.text_area(key="language.dice.pasted").set_value(pasted).run()
    assert not at.exception
    assert len(at.warning) == 1


def test_a_pasted_text_is_counted():
    at = open_page(PAGE, {"language.part": "n-grams", "language.dice.text": "your text"})
    at.text_area(key="language.dice.pasted").set_value("مرحبا 🙂 the cat sat. " * 40).run()
    assert not at.exception
    lab = at.session_state["language.dice:session"].experiment
    assert lab.corpus.name == "your text"
    assert "🙂" in lab.tokens.text


def test_a_text_of_spaces_gets_its_reason():
    at = open_page(PAGE, {"language.part": "n-grams", "language.dice.text": "your text"})
    at.text_area(key="language.dice.pasted").set_value("   ").run()
    assert "spaces alone" in at.warning[0].value


def test_a_pasted_text_outlives_a_walk_to_another_page():
    at = open_page(PAGE, {"language.part": "n-grams", "language.dice.text": "your text"})
    at.text_area(key="language.dice.pasted").set_value("the cat sat on the mat. " * 40).run()
    lab = at.session_state["language.dice:session"].experiment
    at.text_area(key="language.dice.pasted").set_value("").run()  # as another page leaves it
    assert at.session_state["language.dice:session"].experiment is lab


@pytest.mark.parametrize("name", ["Nguyen", "x" * 31, "\x00"])
def test_a_name_in_the_link(name):
    at = open_page("sequences/names.py", {"names.letters": name})
    assert not at.exception
    lab = at.session_state["names:session"].experiment
    assert len(lab.reading.text) <= 30
