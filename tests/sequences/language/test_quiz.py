"""The quiz: one passage is true, the other written, and both are priced."""

import math

import pytest
import torch
import torch.nn.functional as F

from labs.data.text import PRINTABLE, brought
from labs.sequences.language.quiz import LENGTH, ask, cost

CORPUS = brought("First line of the play.\nAnother line, as long as that.\n" * 400)


def test_one_passage_is_the_texts_own(net, rng):
    for _ in range(4):
        question = ask(net, CORPUS, 0.9, rng)
        assert all(len(passage) == LENGTH for passage in question.passages)
        assert question.passages[question.real] in CORPUS.parts[1]
        assert question.passages[1 - question.real] not in CORPUS.text
        assert all(bits > 0 for bits in question.bits)


def test_the_cost_is_the_mean_of_what_each_character_costs(net):
    total, text = 0.0, "abc hello"
    for at in range(3, len(text)):
        logits, _ = net(PRINTABLE.encode(text[:at])[None])
        total += F.cross_entropy(logits[0, -1], PRINTABLE.encode(text[at])[0]).item()
    expected = total / 6 / math.log(2)
    with torch.no_grad():
        assert cost(net, "abc", " hello") == pytest.approx(expected, rel=1e-4)
