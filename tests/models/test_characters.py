"""Held-out losses: the stream's, and that of passages from all over it."""

import pytest
import torch
import torch.nn.functional as F

from labs.models.characters import fresh, held_out_loss, passages_loss


@pytest.fixture
def model():
    return fresh("gru", 9, torch.Generator().manual_seed(1), hidden=8)


@pytest.fixture
def numbers():
    return torch.randint(9, (300,), generator=torch.Generator().manual_seed(2))


def test_passages_are_the_mean_of_their_own_losses(model, numbers):
    starts = [0, 89, 179, 269]
    parts = [numbers[at : at + 31] for at in starts]
    each = [held_out_loss(model, part) for part in parts]
    assert passages_loss(model, numbers, 4, 30) == pytest.approx(sum(each) / 4, abs=1e-6)


def test_all_of_a_text_in_one_passage_is_its_stream(model, numbers):
    logits, _ = model(numbers[None, :-1])
    whole = F.cross_entropy(logits[0], numbers[1:]).item()
    assert held_out_loss(model, numbers, part=40) == pytest.approx(whole, abs=1e-6)
    assert passages_loss(model, numbers, 8, 4000) == pytest.approx(whole, abs=1e-6)


def test_the_end_of_a_text_counts_as_much_as_its_beginning(model, numbers):
    changed = numbers.clone()
    changed[-20:] = 0
    assert passages_loss(model, numbers, 4, 30) != passages_loss(model, changed, 4, 30)


@pytest.mark.parametrize("length", [2, 3, 31])
def test_short_texts(model, numbers, length):
    assert passages_loss(model, numbers[:length], 8, 500) > 0
