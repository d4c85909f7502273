"""The help desk's grammar: its rules lead to the right end, and nothing else does."""

import random

import pytest
import torch

from labs.data.helpdesk import grammar, phrases
from labs.data.helpdesk.desk import Desk, Reading, Said, asked, read, walk
from labs.data.helpdesk.dialogues import LONGEST, lead, write
from labs.data.helpdesk.user import VALUES, Problem, User


def drawn(count: int, seed: int = 3) -> list:
    generator = torch.Generator().manual_seed(seed)
    return [write(generator) for _ in range(count)]


def leaves(node: grammar.Node) -> set[str]:
    return {node} if isinstance(node, str) else set().union(*map(leaves, node[1].values()))


def facts(node: grammar.Node) -> set[str]:
    if isinstance(node, str):
        return set()
    return {node[0]}.union(*map(facts, node[1].values()))


def test_by_the_rules_every_dialogue_comes_to_the_right_end_and_they_differ():
    found = drawn(600)
    assert all(dialogue.right for dialogue in found)
    assert len({dialogue.messages for dialogue in found}) > 590
    assert max(len(dialogue.messages) for dialogue in found) < LONGEST


def test_the_same_seed_writes_the_same_dialogues_and_another_one_others():
    assert drawn(5) == drawn(5)
    assert drawn(5) != drawn(5, seed=4)


def test_all_advice_can_be_reached_and_every_fact_has_words():
    named = set().union(*map(leaves, grammar.TOPICS.values()))
    assert named == set(grammar.ADVICE)
    for topic, node in grammar.TOPICS.items():
        assert facts(node) <= set(VALUES[topic])
        for fact in facts(node):
            assert grammar.QUESTIONS[fact]
            assert set(VALUES[topic][fact]) <= set(phrases.ANSWERS[fact])
            assert fact in grammar.HELPS or fact in grammar.DEFAULTS
    assert set(phrases.OPENINGS) == set(grammar.TOPICS)


def test_what_is_asked_and_advised_can_be_read_again():
    for fact in grammar.QUESTIONS:
        for text in asked(("ask", fact, 0)):
            assert read(f"hello . {text}").question == ("ask", fact, 0)
    for key, texts in grammar.ADVICE.items():
        assert {read(f"{t} does it work now ?").advice for t in texts} == {key}
    assert read("hello sam . goodbye , sam") == Reading()


def test_nothing_but_the_right_advice_and_a_goodbye_is_the_right_end():
    generator = torch.Generator().manual_seed(8)
    stubborn = "please restart the computer . does it work now ?"
    for answer in (
        lambda _: "you are welcome . goodbye .",
        lambda _: "",
        lambda _: stubborn,
        lambda messages: stubborn if len(messages) < 6 else "you are welcome . goodbye .",
    ):
        led = [lead(answer, generator) for _ in range(40)]
        assert sum(dialogue.right for dialogue in led) <= 3  # whose right advice it may be
        assert all(len(dialogue.messages) <= LONGEST for dialogue in led)


def test_the_desk_does_not_ask_what_it_was_told_and_keeps_the_system_for_the_next_problem():
    desk = Desk(random.Random(1), names=True)
    first = desk.answer(Said("problem", "vpn", {"system": "mac", "error": "certificate"}, "ida"))
    assert read(first).advice == "certificate"
    assert "ida" in first
    assert read(desk.answer(Said("works"))).question == ("else", "", 0)
    second = desk.answer(Said("problem", "wifi", {"others": "yes"}))
    assert read(second).advice == "join mac"
    assert desk.answer(Said("done")).endswith("goodbye , ida .")


def test_the_desk_calls_by_name_only_where_it_shall():
    said = Said("problem", "vpn", {"system": "mac", "error": "certificate"}, "ida")
    assert "ida" in Desk(random.Random(1), names=True).answer(said)
    assert "ida" not in Desk(random.Random(1)).answer(said)


def test_who_does_not_know_is_helped_to_find_out():
    desk = Desk(random.Random(1))
    desk.answer(Said("problem", "vpn"))
    assert read(desk.answer(Said("unsure"))).question == ("help", "system", 0)
    assert read(desk.answer(Said("fact"))).question == ("help", "system", 1)  # no apple
    assert read(desk.answer(Said("fact", facts={"system": "windows"}))).question[1] == "error"
    assert read(desk.answer(Said("unsure"))).advice == "reconnect"  # no message is the usual


def test_a_problem_knows_its_right_advice():
    problem = Problem("password", {"lost": "forgotten", "phone": "yes"}, frozenset({"phone"}), 3)
    assert problem.found["phone"] == grammar.DEFAULTS["phone"] == "no"
    assert problem.right == ("card", "second", "ticket")
    assert walk("password", {}) == ("ask", "lost")


def test_a_user_has_no_answer_to_nonsense():
    user = User(random.Random(2))
    user.begin()
    assert user.answer(read("colourless green ideas sleep furiously")) is None


@pytest.mark.parametrize("text", ["", "goodbye"])
def test_what_no_desk_says_means_nothing(text):
    assert read(text).question is None
