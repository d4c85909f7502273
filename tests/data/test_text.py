"""Texts: any characters survive, and what cannot be used is refused in one sentence."""

import pytest

from labs.data import text
from labs.data.text import PRINTABLE, UNKNOWN, Vocabulary, brought, python_manual, python_source
from tests.sentences import is_one_sentence


def test_round_trip():
    words = "def f(x):\n    return x ** 2  # ~"
    assert PRINTABLE.decode(PRINTABLE.encode(words)) == words
    assert len(PRINTABLE) == 97


@pytest.mark.parametrize("strange", ["🙂", "مرحبا", "é", "\x00", "\t", "\U0010ffff", "\ud800"])
def test_what_is_outside_becomes_unknown(strange):
    numbers = PRINTABLE.encode(f"a{strange}b")
    assert PRINTABLE.decode(numbers) == f"a{UNKNOWN * len(strange)}b"


def test_unknown_lists_each_once():
    assert Vocabulary("ab").unknown("abcacd") == ["c", "d"]


def test_the_corpora_are_here_and_large():
    source = python_source()
    assert 500_000 < len(source.text) <= 1_301_000
    train, held = source.parts
    assert train + held == source.text
    assert len(held) == pytest.approx(0.1 * len(source.text), rel=0.01)
    assert "def " in held
    assert len(python_manual().text) > 100_000


def test_a_vocabulary_is_bounded():
    corpus = brought("x" * 300 + "".join(map(chr, range(0x4E00, 0x4E00 + 5000))))
    assert len(corpus.vocabulary) <= text.SYMBOLS + 1
    assert "x" in corpus.vocabulary.characters


@pytest.mark.parametrize("bad", ["", "short", " \n" * 5000, "x" * (text.LARGEST + 1)])
def test_a_text_of_the_wrong_size_is_one_sentence(bad):
    with pytest.raises(ValueError) as fault:
        brought(bad)
    assert is_one_sentence(str(fault.value))


@pytest.mark.parametrize("bad", [b"\xff\xfe\x00" * 200, b"x" * (4 * text.LARGEST + 1)])
def test_a_file_that_is_no_text_is_one_sentence(bad):
    with pytest.raises(ValueError) as fault:
        text.read(bad, "file")
    assert is_one_sentence(str(fault.value))


def test_line_ends_and_marks_are_made_plain():
    corpus = text.read(("\ufeff" + "line\r\n" * 100 + "old\r" * 10).encode(), "file")
    assert corpus.text.startswith("line\nline")
    assert "\r" not in corpus.text


def test_shakespeare_needs_a_download(monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    assert not text.shakespeare_here()
    with pytest.raises(ValueError, match="download"):
        text.shakespeare(tmp_path / "none.txt")


def test_plain_text_is_what_a_keyboard_writes():
    assert text.plain("O\u2019Brien, Mu\u0308ller\u200b\x07\n\tend") == "O'Brien, Müller\n\tend"
    assert text.plain("日本 \ud800") == "日本 \ud800"
