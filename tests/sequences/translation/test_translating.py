"""A sentence under the hand: what is read, forced, aimed and switched off."""

import pytest
import torch
import torch.nn.functional as F

from labs.models.translation.decode import silent
from labs.models.translation.net import TranslateAttention, fresh
from labs.models.translation.pieces import END, START, english_french
from labs.sequences.translation.experiment import Translate
from labs.sequences.translation.trace import READ, Acts, aimed, instead, shown, translate
from labs.sequences.translation.tree import greedily, search
from tests.sentences import refuses


@pytest.fixture(scope="module")
def net():
    return fresh(TranslateAttention, torch.Generator().manual_seed(3)).eval()


def test_without_a_hand_it_says_what_the_model_says(net):
    trace, said = translate(net, "Where are you?", Acts()), net.translate("Where are you?")
    assert trace.text == said.text
    assert trace.log_prob == pytest.approx(said.log_prob, abs=1e-3)
    torch.testing.assert_close(trace.attention[: len(trace.tokens)], said.attention)


def test_a_translation_of_ones_own_costs_what_teacher_forcing_says(net):
    trace = translate(net, "Where are you?", Acts(teacher="Où es-tu ?"))
    table = english_french()
    numbers = table.encode("Où es-tu ?")
    assert list(trace.tokens) == numbers
    with torch.no_grad():
        source = torch.tensor(table.encode("Where are you?"))[None]
        log_p = silent(net(source, torch.tensor([[START, *numbers]]))[0])
    wanted = F.nll_loss(log_p, torch.tensor([*numbers, END]), reduction="sum")
    assert -trace.log_prob == pytest.approx(wanted.item(), rel=1e-4)


def test_attention_goes_where_it_is_dragged_and_may_be_switched_off(net):
    trace = translate(net, "Where are you?", Acts(aims={1: 1.25}, off_from=3))
    torch.testing.assert_close(trace.attention[1], torch.tensor([0, 0.75, 0.25, 0]))
    torch.testing.assert_close(trace.attention[3], torch.full((4,), 0.25))
    before = translate(net, "Where are you?", Acts())
    torch.testing.assert_close(trace.log_p[0], before.log_p[0])  # nothing was changed there
    assert (trace.log_p[1] - before.log_p[1]).nan_to_num().abs().max() > 1e-4
    assert aimed(2, 3).tolist() == [[0, 0, 1]]


def test_another_word_is_gone_on_from_and_a_unit_at_0_is_0(net):
    trace = translate(net, "Where are you?", Acts())
    piece = int(trace.log_p[1].topk(3).indices[2])
    other = translate(net, "Where are you?", instead(trace, 1, piece))
    assert other.tokens[:2] == (trace.tokens[0], piece)
    cut = translate(net, "Where are you?", Acts(zeroed=frozenset({7, 300})))
    assert not cut.encoded.states[0][:, [7, 300]].any()
    assert not cut.encoded.summary[0][[7, 300]].any()
    torch.testing.assert_close(cut.encoded.keys, net.key(cut.encoded.states))


@pytest.mark.parametrize(
    ("text", "left_out", "unknown"),
    [("word " * 200, 160, ()), ("I see \N{GRINNING FACE}!", 0, ("\N{GRINNING FACE}",))],
)
def test_what_is_not_read_is_known(net, text, left_out, unknown):
    trace = translate(net, text, Acts())
    assert (trace.left_out, trace.unknown) == (left_out, unknown)
    assert len(trace.source) <= READ
    assert translate(net, "  ", Acts()) is None


def test_pieces_are_shown_so_that_words_can_be_told_from_their_parts():
    table = english_french()
    assert [shown(p) for p in table.encode("The task")] == ["the", "t", "·as", "·k"]
    assert shown(END) == "(end)"


def test_a_wider_beam_finds_nothing_less_likely_where_there_is_no_penalty(net):
    trace = translate(net, "Go!", Acts())
    found = search(net, trace, 3, 0.0, greedily(net, trace))
    assert found.found[0].log_prob >= found.greedy.log_prob - 1e-5
    assert found.greedy.log_prob == pytest.approx(trace.log_prob, abs=1e-3)


def test_the_lab_answers_to_a_hand_and_refuses_nonsense():
    lab = Translate()
    lab.receive({"panel": "english", "kind": "text", "value": "The cat is black."})
    text = lab.trace.text
    lab.receive({"panel": "aligned", "kind": "aim", "row": 0, "at": 4.0})
    assert int(lab.frame().values["aligned"][0].argmax()) == 4
    lab.receive({"setting": "weights_back", "value": True})
    assert lab.trace.text == text
    lab.receive({"panel": "next", "kind": "click", "unit": 2})
    assert lab.frame().notes["next"]["chosen"] == 2
    lab.receive({"setting": "words_back", "value": True})
    assert lab.trace.text == text
    refuses(lab, {"panel": "english", "kind": "text", "value": "x" * 2000})
    refuses(lab, {"panel": "aligned", "kind": "aim", "row": 0, "at": -1})
    lab.receive({"panel": "english", "kind": "text", "value": ""})
    assert lab.frame().notes["french"]["text"] == ""
    with pytest.raises(ValueError, match="type a sentence"):
        lab.script()


def test_the_script_says_what_the_page_says(printed):
    lab = Translate()
    lines = printed(lab.script()).splitlines()
    assert lines[-2] == lab.trace.text
    assert lines[-1] == f"ln p = {lab.trace.log_prob:.4f}"
