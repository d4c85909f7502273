"""The translators: their layers, their attention, their pieces, their loss, BLEU."""

import pytest
import sacrebleu
import torch
import torch.nn.functional as F

from labs import zoo
from labs.data.translations import clean, parse, spaced, split
from labs.models.translation.bleu import bleu
from labs.models.translation.decode import greedy
from labs.models.translation.net import TranslateAttention, TranslatePlain, fresh, gru, run
from labs.models.translation.pieces import (
    END,
    PAD,
    START,
    UNKNOWN,
    english_french,
    learn,
    small_start,
)
from labs.zoo.train.sentence_pairs import batches
from labs.zoo.train.smoothed_loss import SmoothedLoss
from labs.zoo.train.translation import encoded

SIZES = (60, 12, 10, 8)  # vocabulary, embedding, hidden, alignment


@pytest.fixture(params=[TranslateAttention, TranslatePlain])
def net(request, rng):
    return fresh(request.param, rng, *SIZES).eval()


def test_the_written_out_layer_is_torchs_gru(rng):
    cell, x = torch.nn.GRUCell(5, 7), torch.randn(4, 6, 5, generator=rng)
    whole = torch.nn.GRU(5, 7, batch_first=True)
    for name, p in cell.named_parameters():
        getattr(whole, f"{name}_l0").data.copy_(p)
    torch.testing.assert_close(run(cell, x, torch.ones(4, 6, dtype=torch.bool)), whole(x)[0])
    h = torch.randn(4, 7, generator=rng)
    pre, hidden = F.linear(x[:, 0], cell.weight_ih, cell.bias_ih), F.linear(h, cell.weight_hh)
    torch.testing.assert_close(gru(pre, hidden + cell.bias_hh, h), cell(x[:, 0], h))


def test_step_by_step_it_gives_the_numbers_of_teacher_forcing_and_padding_changes_none(net, rng):
    source = torch.randint(4, 60, (3, 6), generator=rng)
    source[1, 4:] = PAD
    target = torch.randint(4, 60, (3, 5), generator=rng)
    with torch.no_grad():
        together = net(source, target)
        for row, length in enumerate((6, 4, 6)):
            alone = net.encode(source[row : row + 1, :length])
            state = net.start(alone)
            for t in range(5):
                step = net.step(target[row, t : t + 1], state, alone)
                state = step.state
                torch.testing.assert_close(step.logits[0], together[row, t])
                if net.attends:
                    assert step.attention.sum().item() == pytest.approx(1)
                    mixed = step.attention[0] @ alone.states[0]
                    torch.testing.assert_close(step.context[0], mixed)
                else:
                    torch.testing.assert_close(step.context, alone.summary)


def test_attention_is_the_formula_of_the_paper(rng):
    net = fresh(TranslateAttention, rng, *SIZES).eval()
    with torch.no_grad():
        encoded = net.encode(torch.randint(4, 60, (1, 5), generator=rng))
        s = torch.randn(1, 10, generator=rng)
        W, b, U = net.query.weight, net.query.bias, net.key.weight
        e = [net.energy @ torch.tanh(W @ s[0] + b + U @ h) for h in encoded.states[0]]
        torch.testing.assert_close(net.attend(s, encoded)[0], torch.stack(e).softmax(0))


def test_side_by_side_the_sentences_are_what_they_are_alone(net):
    sources = [[5, 6, 7], [8, 9, 10, 11, 12, 13], [14]]
    for source, (best, look) in zip(sources, greedy(net, sources), strict=True):
        alone, seen = greedy(net, [source])[0]
        assert best.tokens == alone.tokens
        assert best.log_prob == pytest.approx(alone.log_prob, abs=1e-4)
        torch.testing.assert_close(look, seen)


def test_no_more_pieces_are_written_than_there_may_be(net):
    sources = [[5, 6, 7], [8, 9, 10, 11, 12, 13]]
    free = [best.tokens for best, _ in greedy(net, sources)]
    assert max(map(len, free)) > 3
    for most in (1, 3):
        for (best, look), tokens in zip(greedy(net, sources, most), free, strict=True):
            assert best.tokens == tokens[:most]
            assert len(look) == len(best.tokens)
            assert best.ended == (len(tokens) < most)


def test_the_loss_of_the_recipe_is_torchs_with_its_gradients(rng):
    x, E, b = (
        torch.randn(*n, generator=rng, requires_grad=True) for n in ((300, 8), (40, 8), (40,))
    )
    y = torch.randint(0, 40, (300,), generator=rng)
    ours = SmoothedLoss.apply(x, E, b, y, 0.1)
    wanted = F.cross_entropy(x @ E.T + b, y, label_smoothing=0.1)
    assert ours.item() == pytest.approx(wanted.item(), rel=3e-3)  # products in bfloat16
    for a, c in zip(*(torch.autograd.grad(z, (x, E, b)) for z in (ours, wanted)), strict=True):
        assert (a - c).norm() < 0.02 * c.norm()


def test_a_batch_holds_every_pair_once_with_start_and_end(rng):
    pairs = [([5] * n, [6] * (n % 5 + 1)) for n in range(1, 30)]
    parts = [(s.tolist(), t.tolist()) for s, t in batches(pairs, 40, rng)]
    found = [row for part in parts for row in zip(*part, strict=True)]
    assert len(found) == len(pairs)
    read = sorted(sum(v != PAD for v in source) for source, _ in found)
    assert read == list(range(1, 30))
    assert all(target[0] == START and END in target for _, target in found)


@pytest.mark.parametrize(
    "text", ["Tom gave Mary a red flower.", "Où vas-tu ? Je n'en sais rien.", "L'été est là !"]
)
def test_pieces_spell_the_sentence_again(text):
    table = english_french()
    assert table.decode(table.encode(text)) == text


def test_what_the_table_lacks_is_unknown_and_capitals_are_read():
    table = english_french()
    assert UNKNOWN in table.encode("I see \N{GRINNING FACE}.")
    assert table.encode("WHERE ARE YOU?") == table.encode("Where are you?")
    assert small_start("He left. She came!") == "he left. she came!"
    assert table.encode("") == []
    assert "\ufffd" in table.decode([UNKNOWN])


def test_the_commonest_pair_is_merged_first():
    table = learn(["low low low lower", "new new"] * 30, 40)
    assert table.merges[0] in {("o", "w"), ("l", "o"), ("▁", "l")}
    assert len(table) <= 40
    assert "▁low" in table.symbols
    assert table.decode(table.encode("lower new")) == "Lower new"


def test_no_english_sentence_lies_in_two_parts():
    lines = [f"Number {i}.\tNuméro {k} !" for i in range(5000) for k in range(2)]
    parts = split(parse("\n".join(lines)))
    names = [{e for e, _ in part} for part in (parts.train, parts.choice, parts.test)]
    assert not (names[0] & names[1])
    assert not (names[0] & names[2])
    assert not (names[1] & names[2])
    assert len(parts.test) == 2000


def test_french_signs_get_their_space_and_typography_goes():
    assert spaced(clean("Va\u202f! Qu\u2019est-ce?")) == "Va ! Qu'est-ce ?"
    assert spaced("\u00abOui\u00bb") == "\u00ab Oui \u00bb"


@pytest.mark.parametrize("count", [1, 2, 4])
def test_bleu_is_sacrebleus(count):
    said = [
        "Il n'y a pas de chat, ici.",
        "Je suis là depuis 3-4 jours (1,000.5) !",
        "Oui.",
        "a b c",
    ]
    wanted = [
        "Il n'y a pas de chien, ici.",
        "Je suis ici depuis 3-4 jours (1,000.5) !",
        "Non.",
        "a c",
    ]
    score = sacrebleu.corpus_bleu(said[:count], [wanted[:count]]).score
    assert bleu(said[:count], wanted[:count]) == pytest.approx(score)
    assert bleu(wanted, wanted) == pytest.approx(100)
    assert bleu(["x"], ["y"]) == 0


def test_long_sentences_are_left_out_of_the_training():
    assert encoded([("word " * 200, "mot"), ("Word.", "Mot.")]) == encoded([("Word.", "Mot.")])


def test_what_attention_is_worth_is_in_the_manifest():
    with_it, without = (zoo.manifest()[f"translate-{k}"]["metrics"] for k in ("attention", "plain"))
    assert with_it["test_pairs"] == without["test_pairs"] == 2000
    assert with_it["bleu"] >= 40
    assert with_it["bleu_10_words_and_more"] - without["bleu_10_words_and_more"] >= 5
