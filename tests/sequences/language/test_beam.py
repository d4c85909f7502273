"""Beam search: width one is greedy, and its bits are the model's own."""

import pytest
import torch

from labs.data.text import PRINTABLE
from labs.sequences.language.beam import beam_search


def test_width_one_is_greedy(net):
    (beam,) = beam_search(net, PRINTABLE, "To be", width=1, length=12)
    text = "To be"
    for _ in range(12):
        logits, _ = net(PRINTABLE.encode(text)[None])
        text += PRINTABLE.symbols[int(logits[0, -1, :-1].argmax())]
    assert beam.text == text[5:]


def test_bits_are_the_models_and_in_order(net):
    beams = beam_search(net, PRINTABLE, "To be", width=6, length=5)
    assert len(beams) == 6
    assert [b.bits for b in beams] == sorted(b.bits for b in beams)
    for beam in beams:
        numbers = PRINTABLE.encode("To be" + beam.text)
        logits, _ = net(numbers[None, :-1])
        each = torch.log_softmax(_no_unknown(logits[0, 4:]), 1)
        total = -each.gather(1, numbers[5:, None]).sum() / torch.log(torch.tensor(2.0))
        assert beam.bits == pytest.approx(total.item(), rel=1e-4)


def _no_unknown(logits):
    logits = logits.clone()
    logits[:, -1] = -torch.inf
    return logits


def test_a_wrong_width_is_refused(net):
    with pytest.raises(ValueError, match="between 1 and 64"):
        beam_search(net, PRINTABLE, "x", width=0)
