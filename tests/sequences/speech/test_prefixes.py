"""Prefix beam search against counting all paths, and against the sums of the lattice."""

import math
from collections import defaultdict

import pytest
import torch

from labs.sequences.speech import ctc
from labs.sequences.speech.prefixes import prefix_search


def test_with_room_for_all_beginnings_it_counts_all_paths():
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(5, 3, generator=generator, dtype=torch.float64).log_softmax(1)
    sums = defaultdict(float)
    for path, p in ctc.all_paths(x.exp()):
        sums[tuple(ctc.collapse(path))] += p
    found = dict(prefix_search(x, 1000))
    assert found.keys() == sums.keys()
    for text, p in sums.items():
        assert math.exp(found[text]) == pytest.approx(p)


def test_the_likeliest_come_first_and_are_lower_bounds():
    generator = torch.Generator().manual_seed(2)
    x = (3 * torch.randn(20, 6, generator=generator, dtype=torch.float64)).log_softmax(1)
    found = prefix_search(x, 6)
    assert len(found) == 6
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)
    for text, p in found:
        assert p <= -ctc.ctc_loss(x, list(text)) + 1e-9


def test_the_likeliest_text_need_not_be_that_of_the_likeliest_path():
    p = torch.tensor([[0.6, 0.4], [0.6, 0.4]], dtype=torch.float64)
    assert ctc.collapse(ctc.best_path(p)) == []
    assert prefix_search(p.log())[0] == ((1,), pytest.approx(math.log(0.64)))
