"""The road: look-ups against a search through the whole line, and lines that are no track."""

import math

import pytest
import torch

from labs.play.driving.presets import LINES, preset
from labs.play.driving.track import (
    HALF,
    HEIGHT,
    KNOTS,
    WIDTH,
    curvature,
    drawn,
    from_link,
    perimeter,
    unfit,
)
from tests.sentences import is_one_sentence

G = torch.Generator().manual_seed(0)


def circle(radius: float, x: float = 50, y: float = 33, turns: float = 1) -> list[list[float]]:
    angle = torch.linspace(0, 2 * math.pi * turns, 60)
    return torch.stack([x + radius * angle.cos(), y + radius * angle.sin()], 1).tolist()


def test_presets_are_tracks():
    for name in LINES:
        assert unfit(preset(name).line.double()) == "", name


def test_a_drawn_circle_is_a_circle():
    track = drawn(circle(24))
    assert track.length == pytest.approx(2 * math.pi * 24, rel=0.02)
    assert perimeter(track.line) == pytest.approx(track.length, rel=1e-3)
    bends = curvature(track.line.double())
    assert (bends > 0).all()  # to the left all the way
    assert bends.mean().item() == pytest.approx(1 / 24, rel=0.02)


def test_places_are_found_as_by_a_search_through_the_whole_line():
    track = preset("clover")
    at = torch.randint(0, len(track.line), (500,), generator=G)
    aside = (torch.rand(500, generator=G) * 2 - 1) * HALF
    places = track.line[at] + aside[:, None] * track.across[at]
    _, position, offset = track.locate(places)
    distance, nearest = torch.cdist(places, track.line).min(1)
    assert (offset.abs() - distance).abs().max() < 0.15
    gap = (position - nearest * track.spacing).abs()
    assert torch.minimum(gap, track.length - gap).max() < 1.0
    assert (track.clear(places) - (HALF - distance)).abs().max() < 0.15


def test_an_address_opens_the_same_track():
    track = preset("hairpins")
    again = from_link(track.to_link())
    assert torch.equal(again.line, track.line)
    assert torch.equal(again.near, track.near)
    assert len(track.to_link()) < 6 * KNOTS


def test_what_is_no_track_is_refused_in_a_sentence(subtests):
    eight = [[50 + 30 * math.sin(t), 33 + 20 * math.sin(2 * t)] for t in torch.arange(0, 6.3, 0.1)]
    lines = {
        "nothing": [], "a point": [[50, 33]] * 20, "too short": circle(6),
        "an open line": [[10 + k, 30] for k in range(80)], "outside": circle(24, x=0),
        "crosses itself": eight, "two rounds": circle(20, turns=2), "the whole world": circle(33),
    }  # fmt: skip
    for name, line in lines.items():
        with subtests.test(name), pytest.raises(ValueError) as refusal:
            drawn(line)
        assert is_one_sentence(str(refusal.value))
    for text in ("", "junk", "A" * 40, "A" * 427, "ä"):
        with pytest.raises(ValueError) as refusal:
            from_link(text)
        assert is_one_sentence(str(refusal.value))


def test_a_shaky_hand_draws_a_smooth_road():
    shaken = torch.tensor(circle(24)) + 0.6 * torch.randn(60, 2, generator=G)
    track = drawn(shaken.tolist())
    assert curvature(track.line.double()).abs().max() < 1 / HALF
    inside = (track.line > 0).all() and (track.line < torch.tensor([WIDTH, HEIGHT])).all()
    assert inside
