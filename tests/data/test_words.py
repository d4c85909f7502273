"""Texts as words and back."""

import pytest

from labs.data.words import cut, joined
from labs.models.chat.words import DESK, YOU, Words, learn, table
from labs.models.translation.pieces import UNKNOWN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can’t log in... Why?", ["i", "can't", "log", "in", "...", "why", "?"]),
        ("Error 691", ["error", "691"]),
        ("", []),
        (" \n\t ", []),
        ("Straße 日本 😀", ["straße", "日本", "😀"]),
    ],
)
def test_a_text_is_cut_into_words_numbers_and_signs(text, words):
    assert cut(text) == words


def test_words_become_sentences_again():
    assert joined(["hello", "sam", ".", "i", "wait", ",", "ok", "?"]) == "Hello sam. I wait, ok?"
    assert joined([]) == ""


def test_a_conversation_is_one_sequence_with_marks():
    words = learn(["Hello there.", "hello"])
    assert words.words[0] == "hello"
    read = words.read(["Hello!", "Hello there."])
    shown = "<you> hello <unk> <net> hello there ."
    assert " ".join(words.symbols[n] for n in read) == shown
    assert read[0] == YOU
    assert read[3] == DESK
    assert read[2] == UNKNOWN
    assert words.decode(read) == "Hello hello there."
    assert learn(["a a b"], 2).words == ("a",)


def test_the_tables_have_each_word_once(tmp_path):
    for name in ("helpdesk", "smalltalk", "shorten"):
        found = table(name)
        assert len(set(found.symbols)) == len(found) == len(found.numbers)
        file = tmp_path / "words.txt"
        found.save(file)
        assert Words(tuple(file.read_text("utf-8").split())) == found
