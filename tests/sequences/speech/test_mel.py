"""The log-mel spectrogram against torch.stft, SciPy's window, and the printed formulas."""

import math

import pytest
import torch
from scipy.signal import get_window

from labs.models.speech import mel
from labs.models.speech.resample import resampled


def noise(length: int, seed: int = 0) -> torch.Tensor:
    return 0.1 * torch.randn(length, generator=torch.Generator().manual_seed(seed))


def test_the_window_is_scipys():
    theirs = torch.from_numpy(get_window("hann", mel.WINDOW)).float()
    assert torch.allclose(mel.window(), theirs, atol=1e-6)


def test_the_power_is_that_of_stft(subtests):
    for length in (1, 80, 4321, 16_000):
        with subtests.test(str(length)):
            wave = noise(length)
            theirs = torch.stft(
                wave, mel.POINTS, mel.HOP, mel.WINDOW, torch.from_numpy(
                    get_window("hann", mel.WINDOW)).float(),
                center=True, pad_mode="constant", return_complex=True,
            ).abs() ** 2  # fmt: skip
            own = mel.power(wave).T
            assert own.shape == (mel.BINS, 1 + length // mel.HOP)
            assert torch.allclose(own[:, : theirs.shape[1]], theirs, atol=1e-4, rtol=1e-3)


def test_the_power_is_the_sum_that_defines_it():
    wave = noise(2000).double()
    piece = wave[800 - 100 : 800 + 100] * mel.window()  # window 10 has its middle at sample 800
    n = torch.arange(mel.WINDOW, dtype=torch.float64)
    for k in (0, 17, 128):
        turn = 2 * math.pi * k * n / mel.POINTS
        by_hand = (piece * turn.cos()).sum() ** 2 + (piece * turn.sin()).sum() ** 2
        assert mel.power(wave)[10, k].item() == pytest.approx(by_hand.item(), rel=1e-6)


def test_the_mel_scale_is_the_printed_one():
    assert mel.mel(torch.tensor(1000.0)).item() == pytest.approx(1000, abs=0.1)
    assert mel.mel(torch.tensor(0.0)).item() == 0
    f = torch.tensor([60.0, 440.0, 3999.0])
    assert torch.allclose(mel.hertz(mel.mel(f)), f)


def test_the_bands_are_triangles_equally_far_apart_in_mel():
    assert torch.allclose(mel.mel(mel.corners()).diff(), mel.mel(mel.corners()).diff().mean(),
                          rtol=1e-3)  # fmt: skip
    bands = mel.filters()
    assert bands.shape == (mel.BANDS, mel.BINS)
    assert bands.min() >= 0
    assert bands.max() <= 1
    assert (bands.sum(1) > 0).all()  # none is empty
    inside = torch.arange(mel.BINS) * mel.RATE / mel.POINTS
    covered = (inside > mel.corners()[1]) & (inside < mel.corners()[-2])
    assert torch.allclose(bands.sum(0)[covered], torch.ones(int(covered.sum())), atol=1e-5)


def test_a_tone_is_loudest_in_the_band_around_it(subtests):
    t = torch.arange(mel.RATE) / mel.RATE
    for f in (150.0, 440.0, 1000.0, 3000.0):
        with subtests.test(f"{f} Hz"):
            x = mel.log_mel(0.5 * torch.sin(2 * torch.pi * f * t))
            band = x[:, 50].argmax().item()
            assert mel.corners()[band] < f < mel.corners()[band + 2]


def test_silence_is_100_db_down_and_twice_as_loud_is_6_db():
    assert torch.allclose(mel.log_mel(torch.zeros(800)), torch.tensor(-100.0))
    quiet, loud = mel.log_mel(noise(4000)), mel.log_mel(2 * noise(4000))
    assert torch.allclose(loud - quiet, torch.tensor(20 * math.log10(2)), atol=1e-2)


def test_another_rate_is_the_same_sound(subtests):
    for rate in (8_000, 11_025, 16_000, 44_100, 48_000):
        with subtests.test(str(rate)):
            t = torch.arange(rate) / rate
            wave = resampled(0.5 * torch.sin(2 * torch.pi * 440 * t), rate)
            assert len(wave) == mel.RATE
            mine = 0.5 * torch.sin(2 * torch.pi * 440 * torch.arange(mel.RATE) / mel.RATE)
            assert torch.allclose(wave[400:-400], mine[400:-400], atol=0.01)


@pytest.mark.parametrize(
    ("wave", "rate", "words"),
    [(torch.zeros(2, 9), 8000, "one dimension"), (torch.zeros(9), 100, "1,000 to 768,000"),
     (torch.tensor([0.0, math.nan]), 8000, "not finite")],
)  # fmt: skip
def test_what_is_no_wave_is_refused(wave, rate, words):
    with pytest.raises(ValueError, match=words):
        resampled(wave, rate)
