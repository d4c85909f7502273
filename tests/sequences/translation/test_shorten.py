"""A sentence with words left out: at every key, within its limits, and again by the script."""

import pytest
import torch

from labs import zoo
from labs.data.words import cut
from labs.sequences.translation.shorten.experiment import EXAMPLES, LONGEST, Shorten
from labs.sequences.translation.shorten.tags import READ, ROUNDS, rounds, tag
from tests.sentences import refuses


def typed(text: str) -> Shorten:
    lab = Shorten()
    lab.receive({"panel": "sentence", "kind": "text", "value": text})
    return lab


def test_what_stays_are_the_words_above_the_limit():
    net, words = zoo.load("shorten"), cut(EXAMPLES[1])
    tags = tag(net, words)
    assert tags.kept(0.0) == words
    assert tags.kept(1.0) == []
    for limit in (0.3, 0.5, 0.9):
        assert tags.kept(limit) == [w for w, p in zip(words, tags.p, strict=True) if p > limit]
    with torch.no_grad():
        numbers = torch.tensor(net.table.encode(EXAMPLES[1]))[None]
        torch.testing.assert_close(tags.p, net(numbers)[0].sigmoid())


def test_it_leaves_out_what_can_be_missed_and_goes_on_until_nothing_changes():
    net = zoo.load("shorten")
    assert (
        "old" not in typed("He is a very old man.").short()
        or "very" not in typed("He is a very old man.").short()
    )
    lines = rounds(net, EXAMPLES[0], 0.5)
    assert 1 <= len(lines) <= ROUNDS
    lengths = [len(cut(line)) for line in (EXAMPLES[0], *lines)]
    assert lengths == sorted(set(lengths), reverse=True)


def test_its_quality_was_measured_against_keeping_everything():
    metrics = zoo.manifest()["shorten"]["metrics"]
    assert metrics["test_sentences"] > 1000
    assert metrics["f1_kept"] > metrics["f1_kept_if_all_are"] + 0.03
    assert metrics["f1_left_out"] > 0.7


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "read after every key"),
        ("😀 😀", "unknown to it: 😀"),
        ("Wo ist der Bahnhof?", "unknown to it: wo, ist, der, bahnhof"),
        ("go " * 100, "only the first 60 words are read, 40 are left out"),
    ],
)
def test_what_is_not_read_is_said(text, title):
    lab = typed(text)
    frame = lab.frame()
    assert frame.notes["titles"]["sentence"] == title
    assert len(lab.tags.words) <= READ
    assert not frame.values["shades"].isnan().any()


def test_junk_is_refused_and_the_sentence_stays():
    lab = typed("Where are you?")
    refuses(lab, {"panel": "sentence", "kind": "text", "value": "x" * 10_000})
    refuses(lab, {"panel": "sentence", "kind": "text", "value": None})
    refuses(lab, {"panel": "shades", "kind": "click", "index": -5})
    assert lab.text == "Where are you?"
    assert LONGEST < 10_000
    with pytest.raises(ValueError, match="nothing to shorten"):
        typed("").script()


def test_a_word_is_chosen_by_its_character():
    lab = typed("Where are you now?")
    at = lab.frame().notes["shades"]["text"].index("now")
    lab.receive({"panel": "shades", "kind": "click", "index": at + 1})
    assert lab.place == 3
    assert "“now” is kept with" in lab.frame().notes["titles"]["shades"]
    other = Shorten()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert (other.text, other.place) == (lab.text, 3)


def test_the_script_prints_the_same_probabilities(printed):
    lab = typed("I don't really know where he lives now.")
    lines = printed(lab.script()).splitlines()
    for line, word, p in zip(lines, lab.tags.words, lab.tags.p.tolist(), strict=False):
        assert line.split() == [word, f"{p:.4f}"]
    assert lines[-1] == lab.short()
