"""The lecture's cows, the weighted die, and text written by counting."""

import random

import pytest

from labs.data.text import brought, python_manual
from labs.models.ngram import Found
from labs.sequences.language.dice import Dice
from labs.sequences.language.throws import KEPT, face
from labs.sequences.language.tokens import COWS, cut, perplexities, pieces
from tests.labs import holding


@pytest.fixture
def cows():
    return Dice(COWS)


def test_cows_eat_what_the_lecture_counts():
    lab = Dice(COWS)
    found = lab.text.found()
    names = [lab.tokens.symbols[t] for t in found.tokens]
    assert dict(zip(names, found.counts.tolist(), strict=True)) == {
        "corn": 4, "grass": 3, "hay": 2, "if": 1, "which": 1,
    }  # fmt: skip
    shown = lab.frame().notes["die"]["rows"]
    assert [row[3] for row in shown] == [
        "4/11 = 36.4%", "3/11 = 27.3%", "2/11 = 18.2%", "1/11 = 9.1%", "1/11 = 9.1%"
    ]  # fmt: skip
    assert len(COWS.text.strip().split("\n")) == 11


def test_the_die_lands_by_weight():
    import numpy as np

    found = Found(1, np.array([7, 8, 9]), np.array([4, 3, 1]))
    assert [face(found, u) for u in (0, 0.499, 0.5, 0.874, 0.875, 0.99999)] == [0, 0, 1, 1, 2, 2]


def test_what_is_shown_is_what_is_written():
    lab = Dice(COWS)
    for _ in range(30):
        landed = lab.text.found().tokens[face(lab.text.found(), lab.text.u)]
        lab.step()
        assert lab.text.written[-1] == landed


def test_the_same_seed_writes_the_same():
    one, other = Dice(COWS), Dice(COWS)
    for lab in (one, other):
        for _ in range(40):
            lab.step()
    assert one.text.written == other.text.written
    one.receive({"setting": "dice_seed", "value": 5})
    for _ in range(40):
        one.step()
    assert one.text.written != other.text.written


def test_a_longer_text_is_never_an_empty_page():
    lab = Dice(brought(python_manual().text[:20_000]))
    before = list(lab.text.written)
    for event in ({"setting": "dice_seed", "value": 1}, {"setting": "unit", "value": "characters"},
                  {"panel": "rolled", "kind": "type", "value": ""}):  # fmt: skip
        lab.receive(event)
        assert lab.text.written == before
    lab.receive({"setting": "dice_seed", "value": 2})
    assert len(lab.text.written) == len(before)
    assert lab.text.written != before


def test_a_link_opens_the_text_as_it_was_begun():
    corpus, events = brought(python_manual().text[:20_000]), (("dice_seed", 3), ("n", 2))
    for order in (events, events[::-1], events[1:], (*events, ("dice_seed", 1))):
        lab, other = Dice(corpus), Dice(corpus)
        for name, value in order:
            lab.receive({"setting": name, "value": value})
        assert other.open({name: str(value) for name, value in lab.address().items()}) == {}
        assert (other.text.written, other.text.n) == (lab.text.written, 2)


def test_words_come_back_as_they_were():
    text = 'Who is there? Nay, answer me: "stand (and) unfold".\nLong live the king!'
    joined = "".join(pieces(cut(text, "words"), "words"))
    assert joined.startswith("Who is there? Nay, answer me:")
    assert joined.endswith("\nLong live the king!")


def test_perplexity_turns_up_again():
    corpus = brought(python_manual().text[:60_000])
    curve = perplexities(corpus, "characters", "add-one")
    assert min(curve) < curve[0]
    assert curve[-1] > min(curve)
    assert perplexities(COWS, "words", "add-one") == []


@pytest.mark.parametrize("beginning", ["", "unheard of words", "🙂 مرحبا", "cows eat\n\n"])
def test_any_beginning(beginning):
    lab = Dice(COWS)
    lab.receive({"panel": "rolled", "kind": "type", "value": beginning})
    for _ in range(5):
        lab.step()
    assert lab.frame().notes["rolled"]["text"]
    lab.receive({"panel": "rolled", "kind": "click", "index": 0})
    lab.frame()


def test_a_beginning_that_is_too_long_is_one_sentence(cows):
    with pytest.raises(ValueError, match="at most 300 characters"):
        cows.receive({"panel": "rolled", "kind": "type", "value": "x" * 301})


def test_a_link_opens_at_the_typed_beginning(cows):
    cows.receive({"panel": "rolled", "kind": "type", "value": "the cows"})
    cows.receive({"setting": "n", "value": 2})
    assert cows.address() == {"n": 2, "rolled": "the cows"}
    other = Dice()
    assert other.open({"n": "2", "rolled": "the cows"}) == {}
    assert other.frame().notes["rolled"] == cows.frame().notes["rolled"]
    assert other.frame().notes["met"] == []  # what a link brings is not the visitor's own act


def test_what_was_chosen_stays_chosen_when_the_beginning_is_let_go():
    lab = Dice(COWS)
    while len(lab.text.written) < KEPT:
        lab.step()
    lab.text.selected = KEPT - 5
    token = lab.text.written[lab.text.selected]
    lab.step()
    assert lab.text.written[lab.text.selected] == token
    lab.frame()
    lab.text.selected = 0
    while len(lab.text.written) < KEPT:
        lab.step()
    lab.step()
    assert lab.text.selected is None
    lab.frame()


def test_perplexity_falls_and_turns_up_again():
    text = "".join(random.Random(3).choices("abcde  ", k=6000))  # nothing to learn beyond n = 1
    lab = Dice(brought(text))
    lines = lab.weighed()
    assert set(lines) == {"Witten-Bell back-off", "add one"}
    for ns, curve in lines.values():
        assert ns == list(range(1, len(curve) + 1))
        assert curve[-1] > min(curve)
    assert Dice(COWS).weighed() == {}


def test_a_context_without_a_choice(cows):
    assert holding(cows) == set()
    cows.receive({"panel": "rolled", "kind": "type", "value": "the cows"})
    cows.receive({"setting": "n", "value": 2})
    assert holding(cows) == {"certain"}


def test_an_unheard_beginning_backs_off_to_one(cows):
    cows.receive({"panel": "rolled", "kind": "type", "value": "the cows drink"})
    assert "backed off from n = 3" in cows.frame().notes["titles"]["die"]
    assert holding(cows) == {"unheard"}


@pytest.mark.parametrize("text", ["山水" * 160, "山水 " * 3 + "人" * 300])
def test_a_text_of_fewer_tokens_than_n(text):
    lab = Dice(brought(text))
    lab.receive({"setting": "unit", "value": "words"})
    titles = lab.frame().notes["titles"]
    assert lab.settings["n"] > lab.text.n == len(lab.tokens.train)
    assert titles["rolled"].endswith(f"1 different {lab.text.n}-grams")
    assert "backed off from n = 5" not in titles["die"]


def test_a_long_n_copies(cows):
    cows.receive({"setting": "n", "value": 8})
    row, copied = 0, False
    for _ in range(300):
        single = len(cows.text.found().tokens) == 1
        cows.step()
        row = row + 1 if single else 0
        assert cows.text.forced == row
        copied |= "copies" in holding(cows)
    assert copied
