"""The net that hears digits: what the manifest says of it, and what it makes of any wave."""

from pathlib import Path

import pytest
import torch
from scipy.signal import resample_poly

from labs import zoo
from labs.data import spoken
from labs.models.speech.mel import BANDS, RATE
from labs.models.speech.net import SYMBOLS
from labs.zoo.train import speech
from labs.zoo.train.speech_strings import Strings, bent

NET = zoo.load("speech-ctc")
ALL = Path(__file__).parents[3] / "shared" / "data" / "spoken_digits.npz"


def test_it_is_as_good_as_was_asked_for():
    metrics = zoo.manifest()["speech-ctc"]["metrics"]
    assert metrics["single_digit_accuracy"] >= 0.97
    assert metrics["word_error_rate"] <= 0.05


@pytest.mark.skipif(not ALL.exists(), reason="the data set is not here")
def test_the_manifest_says_what_is_measured():
    metrics = zoo.manifest()["speech-ctc"]["metrics"]
    found = speech.single(NET, spoken.load(ALL).test)
    assert found == pytest.approx(metrics["single_digit_accuracy"], abs=0.004)


def test_shipped_digits_are_heard_at_any_rate(subtests):
    own = spoken.held_out()
    for rate in (8_000, 11_025, 16_000, 44_100, 48_000):
        with subtests.test(f"{rate} a second"):
            said = [
                NET.transcribe(torch.from_numpy(resample_poly(wave.numpy(), rate, RATE)), rate)
                for wave in own.waves[::3]
            ]
            truth = [str(y) for y in own.labels[::3].tolist()]
            assert sum(a == b for a, b in zip(said, truth, strict=True)) >= len(truth) - 2


def test_how_loud_it_is_does_not_matter():
    wave = spoken.held_out().waves[7]
    assert NET.transcribe(0.01 * wave, RATE) == NET.transcribe(wave, RATE) != ""


def test_nobody_speaks(subtests):
    generator = torch.Generator().manual_seed(0)
    waves = {
        "nothing": torch.zeros(0), "a sample": torch.zeros(1), "silence": torch.zeros(9000),
        "noise": 0.1 * torch.randn(16_000, generator=generator), "a click": torch.eye(8000)[4000],
    }  # fmt: skip
    for name, wave in waves.items():
        with subtests.test(name):
            assert NET.transcribe(wave, RATE) == ""


@pytest.mark.parametrize(
    ("wave", "rate", "words"),
    [(torch.zeros(2, 800), RATE, "one dimension"), (torch.full((800,), torch.nan), RATE, "finite"),
     (torch.zeros(800), 0, "samples a second")],
)  # fmt: skip
def test_what_is_no_wave_is_refused_in_a_sentence(wave, rate, words):
    with pytest.raises(ValueError, match=words):
        NET.transcribe(wave, rate)


def test_it_gives_a_distribution_every_40_ms():
    x = -60 * torch.rand(2, BANDS, 101)
    log_probs = NET(x)
    assert log_probs.shape == (2, 26, len(SYMBOLS))
    assert torch.allclose(log_probs.exp().sum(2), torch.ones(2, 26), atol=1e-5)


def test_a_recipe_learns_and_is_the_same_twice():
    own = spoken.held_out()
    losses: list[str] = []
    first = speech.descend(own, 3, 1, losses.append)
    again = speech.descend(own, 3, 1, losses.append)
    for a, b in zip(first.parameters(), again.parameters(), strict=True):
        assert torch.equal(a, b)


def test_strings_are_spectrograms_with_their_digits(subtests):
    make, g = Strings(spoken.held_out()), torch.Generator().manual_seed(3)
    for number in range(30):
        x, y = make(g)
        with subtests.test(f"string {number}"):
            assert x.shape[0] == BANDS
            assert x.isfinite().all()
            assert len(y) <= 6
            assert ((y >= 1) & (y <= 10)).all()
            other = bent(x, g)
            assert other.isfinite().all()
            assert 0.7 < other.shape[1] / x.shape[1] < 1.4


def test_words_are_counted_as_levenshtein_does():
    for a, b, edits in (("", "", 0), ("4072", "4072", 0), ("472", "4072", 1), ("40772", "4072", 1),
                        ("5072", "4072", 1), ("", "4072", 4), ("12", "21", 2)):  # fmt: skip
        assert speech.distance(a, b) == edits
