"""The recordings that ship, and strings that are made of recordings."""

from pathlib import Path

import pytest
import torch

from labs.data import spoken

ALL = Path(__file__).parents[3] / "shared" / "data" / "spoken_digits.npz"


def test_what_ships_is_a_take_of_each_digit_by_four_speakers_that_no_net_learnt_from():
    own = spoken.held_out()
    pairs = list(zip(own.labels.tolist(), own.speakers.tolist(), strict=True))
    assert sorted(pairs) == [(digit, s) for digit in range(10) for s in spoken.SHIPPED]
    assert (own.takes < spoken.TEST_TAKES).all()
    assert spoken.HELD_OUT.stat().st_size < 200_000
    for wave in own.waves:
        assert 0.1 < len(wave) / spoken.RATE < 1.5
        assert 0.01 < wave.abs().max() <= 1


@pytest.mark.skipif(not ALL.exists(), reason="the data set is not here")
def test_what_ships_is_as_it_is_in_the_data_set():
    recordings, own = spoken.load(ALL), spoken.held_out()
    assert len(recordings.train) == 2700
    assert len(recordings.test) == 300
    for wave, label, speaker in zip(own.waves, own.labels, own.speakers, strict=True):
        same = (recordings.labels == label) & (recordings.speakers == speaker)
        (found,) = recordings.where(same & (recordings.takes == spoken.SHIPPED_TAKE)).waves
        assert torch.equal(wave, found)


def test_waves_are_joined_with_pauses():
    a, b = torch.ones(3), 2 * torch.ones(2)
    assert spoken.joined([a, b], [1, 2, 0]).tolist() == [0, 1, 1, 1, 0, 0, 2, 2]
    with pytest.raises(ValueError, match="2 waves have 3 pauses, not 2"):
        spoken.joined([a, b], [1, 2])


def test_all_are_made_as_loud_as_each_other():
    levels = [spoken.loudness(spoken.evened(wave)).item() for wave in spoken.held_out().waves]
    assert levels == pytest.approx([0.1] * len(levels), rel=1e-4)
    assert torch.equal(spoken.evened(torch.zeros(9)), torch.zeros(9))
