"""A conversation: what is said, drawn, chosen, undone, linked and refused."""

import pytest
import torch
import torch.nn.functional as F

from labs import zoo
from labs.data.helpdesk.desk import read
from labs.data.helpdesk.dialogues import lead
from labs.data.words import cut
from labs.models.chat.net import HelpDesk
from labs.models.translation.decode import silent
from labs.models.translation.net import fresh
from labs.models.translation.pieces import END, START, UNKNOWN
from labs.sequences.translation.chat.answer import WRITTEN, answer, draw
from labs.sequences.translation.chat.examples import BEGUN, EXAMPLES
from labs.sequences.translation.chat.experiment import Chat
from labs.sequences.translation.chat.talk import LONGEST, MOST, Talk, Turn, from_text, to_text
from labs.sequences.translation.chat.view import whole
from labs.zoo.train.chat import mean
from tests.sentences import refuses
from tests.sequences.translation.hand import confuse


@pytest.fixture(scope="module")
def net():
    return fresh(HelpDesk, torch.Generator().manual_seed(3)).eval()


def say(lab: Chat, *messages: str) -> None:
    for message in messages:
        lab.receive({"panel": "talk", "kind": "text", "value": message})
        lab.rest()


def test_an_answer_costs_what_teacher_forcing_says(net):
    found = answer(net, ["hello", "hi .", "my printer does not work"])
    assert len(found.tokens) <= WRITTEN
    with torch.no_grad():
        source = torch.tensor(found.source)[None]
        log_p = silent(net(source, torch.tensor([[START, *found.tokens]]))[0])
    torch.testing.assert_close(found.log_p, log_p[: len(found.log_p)])
    wanted = F.nll_loss(log_p, torch.tensor([*found.tokens, END]), reduction="none")
    torch.testing.assert_close(found.costs, wanted)
    p = log_p.exp()
    entropy = torch.distributions.Categorical(p).entropy()
    torch.testing.assert_close(found.entropies, entropy, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(found.attention.sum(1), torch.ones(len(found.attention)))


def test_words_are_forced_and_the_rest_is_the_nets(net):
    first = answer(net, ["hello"])
    other = int(first.log_p[1].topk(3).indices[2])
    changed = answer(net, ["hello"], (first.tokens[0], other))
    assert changed.tokens[:2] == (first.tokens[0], other)
    assert answer(net, ["hello"], (other, END)).tokens == (other,)


def test_drawn_answers_have_the_probabilities_of_the_words(net):
    found = draw(net, answer(net, ["hello"]).source, 400, 1.0, torch.Generator().manual_seed(1))
    assert found == sorted(found, key=lambda d: -d.log_prob)
    assert len({d.tokens for d in found}) == len(found)
    one = found[0]
    forced = answer(net, ["hello"], (*one.tokens, *([END] if one.ended else [])))
    if one.ended:
        assert one.log_prob == pytest.approx(forced.log_prob, rel=1e-3)
    cold = draw(net, answer(net, ["hello"]).source, 30, 1e-5, torch.Generator().manual_seed(1))
    assert len(cold) < 4  # nearly the greedy one alone
    with pytest.raises(ValueError, match="temperature"):
        draw(net, [4], 1, 0.0, torch.Generator())


def test_unknown_words_of_the_last_message_are_named(net):
    found = answer(net, ["hello zyx", "hi .", "My ZYX and my 😀 do not work, zyx"])
    assert found.unknown == ("zyx", "😀")
    assert found.source.count(UNKNOWN) == 4


def test_a_changed_answer_changes_what_follows_and_nothing_before(net):
    talk = Talk(net, map(Turn, ("hello", "my mail", "yes")))
    changed = talk.having(1, (20, 21, END))
    assert changed.answers[0].tokens == talk.answers[0].tokens
    assert changed.answers[1].tokens == (20, 21)
    assert changed.messages[3] != talk.messages[3]
    assert changed.answers[2].source != talk.answers[2].source
    turns = from_text(to_text(changed.turns), talk.turns, len(net.table), WRITTEN)
    assert tuple(turns) == changed.turns


@pytest.mark.parametrize("junk", ["9:8", "0:", "0:1.2", "0:99999", "x", "0:2.8", "0:-8", "0:3"])
def test_a_link_with_other_words_is_refused(net, junk):
    talk = Talk(net, [Turn("hello")])
    with pytest.raises(ValueError, match="no words of an answer"):
        from_text(junk, talk.turns, len(net.table), WRITTEN)


def test_every_word_that_the_net_said_can_be_pointed_at(net):
    talk = Talk(net, map(Turn, ("hello", "my mail", "yes")))
    text, places = whole(talk)
    said = [p for p in places if p]
    assert said == [(t, i) for t, a in enumerate(talk.answers) for i in range(len(a.tokens))]
    assert text.text.count("\n") == 5
    for (a, b), place in zip(text.spans, places, strict=True):
        if place:
            turn, at = place
            assert text.text[a:b] == net.table.symbols[talk.answers[turn].tokens[at]]


def test_the_lecture_s_conversation_is_led_to_its_end():
    lab = Chat()
    lines = EXAMPLES["helpdesk"]["the VPN"]
    assert [t.message for t in lab.talk.turns] == list(lines[:BEGUN])
    for _ in lines[BEGUN:]:
        lab.receive({"setting": "next_line", "value": True})
    readings = [read(" ".join(cut(text))) for text in lab.talk.messages[1::2]]
    assert [r.advice for r in readings if r.advice] == ["client windows"]
    assert readings[-2].closes
    assert readings[-1].closes
    refuses(lab, {"setting": "next_line", "value": True})


@pytest.mark.parametrize("name", list(EXAMPLES["helpdesk"])[:3])
def test_the_help_desks_examples_end_well(name):
    lab = Chat()
    lab.receive({"setting": "example", "value": name})
    while len(lab.talk.turns) < len(lab.lines):
        lab.next_line()
    assert read(" ".join(cut(lab.talk.messages[-1]))).closes, lab.talk.messages


def test_the_help_desk_leads_unseen_users_to_the_right_end():
    model, generator = zoo.load("chat-helpdesk"), torch.Generator().manual_seed(4321)
    led = [lead(lambda m: " ".join(cut(model.answer(m))), generator) for _ in range(25)]
    assert sum(dialogue.right for dialogue in led) >= 19
    metrics = zoo.manifest()["chat-helpdesk"]["metrics"]
    assert metrics["led_to_the_right_end"] >= 0.95
    assert metrics["led_dialogues"] == 500
    assert metrics["nats_a_turn"] > metrics["nats_a_turn_of_the_rules"]


def test_a_mean_of_nets_leaves_them_as_they_are():
    one, two = (fresh(HelpDesk, torch.Generator().manual_seed(seed)) for seed in (1, 2))
    before = one.bias.clone()
    found = mean([one, two])
    for name, value in found.state_dict().items():
        half = (one.state_dict()[name] + two.state_dict()[name]) / 2
        assert torch.allclose(value, half, rtol=1e-3, atol=1e-6)
    assert torch.equal(one.bias, before)


def test_asked_what_it_never_learnt_it_names_the_words_that_it_missed():
    lab = Chat()
    lab.receive({"setting": "anew", "value": True})
    say(lab, "I can't print.", "Who won the football match in Lisbon yesterday?")
    _, remarks = lab.said()
    assert remarks[0] == ""
    assert "unknown to it: " in remarks[1]
    assert "lisbon" in remarks[1]
    text = lab.frame().notes["words"]["doubts"][0]
    assert text["title"] in ("Unsure", "Sure of itself, and it missed words")
    assert "lisbon" in text["text"]


def test_an_answer_with_a_wide_distribution_is_called_unsure():
    lab = Chat()
    confuse(lab)
    assert not lab.opened.unknown
    assert float(lab.opened.entropies.mean()) > lab.limit
    assert lab.said()[1][-1].startswith("unsure: ")
    assert lab.frame().notes["words"]["doubts"][0]["title"] == "Unsure"
    say(lab, "Good night!")
    assert lab.said()[1][-1] == ""


def test_the_talk_is_in_the_address_and_undone_turn_by_turn():
    lab = Chat()
    lab.receive({"setting": "anew", "value": True})
    lab.rest()
    say(lab, "Hello!", "My mail does not work.")
    lab.receive({"panel": "next", "kind": "click", "unit": 1})
    lab.rest()
    other = Chat()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.talk.messages == lab.talk.messages
    assert other.talk.turns == lab.talk.turns
    lab.receive({"setting": "its_own", "value": True})
    lab.rest()
    lab.receive({"setting": "undo", "value": True})
    assert lab.talk.messages == other.talk.messages
    say(lab, "Outlook.")
    lab.receive({"setting": "undo", "value": True})
    assert [t.message for t in lab.talk.turns] == ["Hello!", "My mail does not work."]


def test_drawn_answers_can_be_said():
    lab = Chat()
    lab.receive({"setting": "temperature", "value": 3.0})
    rows = lab.frame().notes["others"]["rows"]
    lab.receive({"panel": "others", "kind": "click", "unit": len(rows) - 1})
    assert lab.frame().notes["answer"]["text"].removesuffix(" (end)") == rows[-1][0]
    lab.receive({"setting": "again", "value": True})
    assert lab.frame().notes["others"]["rows"] != rows


def test_bad_messages_are_refused_in_a_sentence_and_nothing_is_lost():
    lab = Chat()
    before = lab.talk.messages
    for message in ("", "   ", "x" * 10_000, "a " * LONGEST, None, 7, ["hello"]):
        refuses(lab, {"panel": "talk", "kind": "text", "value": message})
    assert lab.talk.messages == before
    say(lab, "😀", "どこに行きますか", "?!…", "<you> </s> you: net:")
    assert len(lab.talk.turns) == BEGUN + 4
    lab.frame()
    while len(lab.talk.turns) < MOST:
        say(lab, "yes " * (LONGEST // 4 - 1))
    refuses(lab, {"panel": "talk", "kind": "text", "value": "one more"})
    refuses(lab, {"panel": "talk", "kind": "click", "index": -2})
    lab.receive({"setting": "anew", "value": True})
    frame = lab.frame()
    assert frame.notes["talk"]["text"] == ""
    with pytest.raises(ValueError, match="say something"):
        lab.script()
    for panel, kind in (("next", "click"), ("others", "click")):
        lab.receive({"panel": panel, "kind": kind, "unit": 0})
    assert not lab.talk.turns


@pytest.mark.parametrize("world", ["helpdesk", "smalltalk"])
def test_the_script_says_what_the_page_says(printed, world):
    lab = Chat()
    lab.receive({"setting": "world", "value": world})
    lab.receive({"panel": "next", "kind": "click", "unit": 1})
    lines = printed(lab.script()).splitlines()
    for k, found in enumerate(lab.talk.answers):
        assert lines[3 * k] == f"> {lab.talk.turns[k].message}"
        assert lines[3 * k + 1] == lab.talk.messages[2 * k + 1]
        assert lines[3 * k + 2] == f"ln p = {found.log_prob:.4f}"


def test_small_talk_answers_held_out_questions():
    metrics = zoo.manifest()["chat-smalltalk"]["metrics"]
    assert metrics["test_questions"] > 900
    assert metrics["right"] > 0.8
    model = zoo.load("chat-smalltalk")
    assert model.answer(["Are you a robot?"]) == model.answer(["Am I talking to a bot?"])


def test_it_is_a_translator_with_a_table_of_its_own(net):
    """From a conversation to what is said next: the same calls, other words."""
    said = net.translate("Hello!")
    assert net.table.encode(said.text) == net.table.encode(" ".join(said.tokens))
    assert said.source_tokens == ("hello", "!")
    assert said.attention.shape == (len(said.tokens), 2)
    assert net.translate_all(["Hello!"])[0].text == said.text
