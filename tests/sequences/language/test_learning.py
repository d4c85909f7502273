"""Training from scratch: it learns, obeys its knobs, and gives its weights away and back."""

import pytest
import torch
from safetensors.torch import load, save

from labs.data.text import brought
from labs.sequences.language import learning
from labs.sequences.language.learning import Learning
from labs.sequences.language.progress import Progress, judged
from tests.labs import holding
from tests.sentences import is_one_sentence

CORPUS = brought("the cat sat on the mat.\nthe dog lay in the fog.\n" * 200)


@pytest.fixture
def lab(monkeypatch):
    monkeypatch.setattr(learning, "HIDDEN", 48)
    monkeypatch.setattr(learning, "BATCH", 16)
    return Learning(CORPUS)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_it_learns(lab, kind):
    lab.receive({"setting": "kind", "value": kind})
    for _ in range(60):
        assert lab.step()
    assert lab.progress.reports[-1].loss < 0.6 * lab.progress.reports[0].loss
    assert lab.progress.tests[-1][1] < lab.progress.tests[0][1]
    assert "the" in lab.page.text


def test_the_same_seed_gives_the_same_losses(lab):
    again = Learning(CORPUS)
    for _ in range(3):
        lab.step()
        again.step()
    assert [r.loss for r in lab.progress.reports] == [r.loss for r in again.progress.reports]
    lab.receive({"setting": "fresh", "value": True})
    lab.step()
    assert lab.progress.reports[0].loss != again.progress.reports[0].loss


def test_running_away_is_one_sentence(lab):
    lab.receive({"setting": "rate", "value": 1.0})
    lab.receive({"setting": "clip", "value": 100.0})
    with torch.no_grad():
        lab.model.head.weight.fill_(float("inf"))
    assert not lab.step()
    assert is_one_sentence(lab.trouble) or lab.trouble.endswith("smaller one.")
    assert lab.frame().notes["titles"]["progress"] == lab.trouble


def test_clipping_shrinks_and_never_grows(lab):
    lab.receive({"setting": "clip", "value": 0.01})
    lab.step()
    norm = torch.stack([p.grad.norm() for p in lab.model.parameters()]).norm()
    assert norm <= 0.0101


def test_weights_come_back(lab):
    for _ in range(3):
        lab.step()
    data = lab.weights()
    other = Learning(CORPUS, seed=9)
    other.take(data)
    for a, b in zip(lab.model.parameters(), other.model.parameters(), strict=True):
        assert torch.equal(a, b)


def test_weights_that_do_not_fit_are_one_sentence(lab):
    tensors = load(lab.weights())
    harmed = {
        "junk": b"junk",
        "empty": b"",
        "large": b"x" * 9_000_000,
        "another": save({"w": torch.zeros(3)}),
        "nan": save({k: torch.full_like(w, float("nan")) for k, w in tensors.items()}),
    }
    before = [p.clone() for p in lab.model.parameters()]
    for data in harmed.values():
        with pytest.raises(ValueError) as fault:
            lab.take(data)
        assert is_one_sentence(str(fault.value))
    assert all(torch.equal(p, q) for p, q in zip(before, lab.model.parameters(), strict=True))


def test_a_long_sequence_on_a_short_text():
    lab = Learning(brought("abcdefgh " * 30))
    lab.receive({"setting": "length", "value": 128})
    for _ in range(5):
        assert lab.step()


def test_a_curve_shows_the_last_test_by_then():
    progress = Progress()
    for step in range(6):
        if step:
            progress.note(3.0 - step / 10, 0.5)
        if step in (0, 3):
            progress.tests.note((step, 4.0 - step / 2))
    steps, loss, held = progress.losses()
    assert steps.tolist() == [1, 2, 3, 4, 5]
    assert loss.tolist() == pytest.approx([2.9, 2.8, 2.7, 2.6, 2.5])
    assert held.tolist() == [4.0, 4.0, 2.5, 2.5, 2.5]
    assert progress.norms(1.5)[2].tolist() == [1.5] * 5
    assert Progress().losses().shape == (3, 0)


def test_the_challenges_hold_on_the_way(lab):
    lab.receive({"setting": "clip", "value": 0.01})
    found = set()
    while "clipped" not in found and lab.steps < 200:
        lab.step()
        found |= holding(lab)
    assert found == {"clipped"}
    lab.receive({"setting": "again"})
    lab.receive({"setting": "rate", "value": 1.0})
    while "worse" not in found and lab.steps < 100:
        lab.step()
        found |= holding(lab)
    assert "worse" in found


def test_a_net_that_is_sure_of_wrong_characters_says_why():
    assert judged(1.5, 90, 0.005) == "held out 1.500 nats, perplexity 4.5"
    text = judged(24.7167, 90, 1.0)
    assert "perplexity 5.4e+10" in text
    assert "worse than guessing among 90; the learning rate, 1, is too large" in text
