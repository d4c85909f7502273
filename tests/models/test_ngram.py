"""n-gram counts against plain dictionaries, and probabilities that add up to one."""

from collections import Counter

import pytest
import torch

from labs.models.ngram import NGrams, perplexity

V = 5


@pytest.fixture
def text(rng):
    return torch.randint(V, (400,), generator=rng)


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_counts_are_a_dictionarys(text, n):
    model, tokens = NGrams(text, V), text.tolist()
    expected = Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))
    for context in {gram[:-1] for gram in expected}:
        found = model.after(list(context))
        counted = dict(zip(found.tokens.tolist(), found.counts.tolist(), strict=True))
        assert counted == {g[-1]: c for g, c in expected.items() if g[:-1] == context}
        assert list(found.counts) == sorted(found.counts, reverse=True)
        assert found.order == n


def test_back_off_finds_the_longest_context_that_occurs():
    model = NGrams(torch.tensor([0, 1, 2, 0, 1, 3]), V)
    assert model.back_off([0, 1], 3).order == 3
    assert model.back_off([4, 1], 3).order == 2  # 4 1 never occurs, 1 does
    assert model.back_off([4], 3).order == 1
    assert model.back_off([], 3).order == 1
    assert model.back_off([1, 3], 3).order == 1  # 1 3 ends the text: nothing followed


@pytest.mark.parametrize("smoothing", ["witten-bell", "add-one"])
@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_probabilities_of_the_next_token_add_up_to_one(text, n, smoothing):
    model, held = NGrams(text[:300], V), text[300:320]
    total = torch.zeros(len(held), dtype=torch.float64)
    for token in range(V):
        for at in range(len(held)):
            changed = held.clone()
            changed[at] = token
            total[at] += torch.exp(-model.losses(changed, n, smoothing)[at])
    torch.testing.assert_close(total, torch.ones_like(total))


def test_witten_bell_by_hand():
    model = NGrams(torch.tensor([0, 1, 0, 1, 0, 2]), 3)
    unigram = (2 + 3 * (1 / 3)) / (6 + 3)  # of 1: counted twice among six, three kinds
    after_0 = (2 + 2 * unigram) / (3 + 2)  # 0 was followed three times, by two kinds
    losses = model.losses(torch.tensor([0, 1]), 2)
    assert torch.exp(-losses[1]).item() == pytest.approx(after_0)


def test_perplexity_of_a_fair_die_is_its_faces():
    assert perplexity(torch.full((10,), 6.0).log()) == pytest.approx(6)


def test_a_text_shorter_than_the_longest_context():
    model = NGrams(torch.tensor([0, 1]), V)
    assert model.longest == 2
    assert model.back_off([0, 1, 0], 8).order == 2
