"""The pad: a drawing with a history that can be scrubbed, undone, branched and restored."""

import base64
import copy
import io
import json

import numpy as np
import pytest
import torch
from PIL import Image

from labs.data.strokes import sample
from labs.drawing import MAX_POINTS, Stroke, from_link, to_link
from labs.drawing.pad import Pad
from labs.live import Frame
from tests.sentences import is_one_sentence


def make() -> Pad:
    """A pad whose lab says how many points it sees, in tens."""
    pad = Pad("x", lambda: f"{pad.drawing.points // 10}0")
    return pad


def stroke(pad: Pad, points: list[tuple[int, int]], **more) -> None:
    pad.receive({"kind": "stroke", "begin": True, "points": [list(points[0])], "width": 20, **more})
    for point in points[1:]:
        told(pad)  # as when each point is painted before the next comes
        pad.receive({"kind": "stroke", "points": [list(point)]})


def row(y: int, count: int = 12) -> list[tuple[int, int]]:
    return [(40 + 30 * i, y) for i in range(count)]


def told(pad: Pad) -> Frame:
    frame = Frame()
    pad.tell(frame)
    return frame


@pytest.fixture
def pad() -> Pad:
    """Two strokes of twelve points each."""
    pad = make()
    stroke(pad, row(100))
    stroke(pad, row(300))
    return pad


def test_strokes_arrive(pad):
    assert [s.points for s in pad.drawing.strokes] == [row(100), row(300)]
    assert pad.points == 24
    assert pad.by_hand
    assert not pad.empty
    assert pad.ink[0, 0, 50, 25] == pad.ink[0, 0, 150, 25] == 1


def test_every_event_that_changes_the_ink_is_counted(pad):
    before = pad.changes
    pad.receive({"kind": "stroke", "points": [[9, 9]]})
    pad.receive({"kind": "moment", "value": 3})
    pad.receive({"kind": "undo"})
    assert pad.changes >= before + 3


def test_the_history_says_what_was_seen_until_when(pad):
    assert pad.said == [("00", 9), ("10", 19), ("20", 24)]


def test_points_that_come_together_are_looked_at_once():
    looks = []
    pad = Pad("x", lambda: looks.append(1) or "7")
    for x in range(0, 500, 5):
        pad.receive({"kind": "stroke", "begin": x == 0, "points": [[x, 9]], "width": 20})
    assert not looks
    assert told(pad).notes["timeline"]["said"] == [("7", 100)]
    assert len(looks) == 1


def test_a_full_pad_is_read_in_with_few_looks():
    looks = []
    pad = Pad("x", lambda: looks.append(1) or "7")
    pad.draw([Stroke(20, points=[(i % 512, i // 8) for i in range(MAX_POINTS)])])
    assert 90 <= len(looks) <= 110


def test_scrubbing_back_and_forth_changes_nothing(pad):
    whole, said = pad.ink, list(pad.said)
    pad.receive({"kind": "moment", "value": 5})
    assert pad.drawing.points == 5
    assert pad.points == 24
    assert pad.ink.sum() < whole.sum()
    pad.receive({"kind": "moment", "value": 24})
    assert pad.ink.equal(whole)
    assert pad.said == said


@pytest.mark.parametrize(("moment", "points"), [(0, 0), (13, 13), (24, 24), (MAX_POINTS, 24)])
def test_a_moment_is_bounded(pad, moment, points):
    pad.receive({"kind": "moment", "value": moment})
    assert pad.drawing.points == points


def test_drawing_at_an_earlier_moment_begins_a_new_history(pad):
    pad.receive({"kind": "moment", "value": 5})
    stroke(pad, row(400, 3))
    assert [s.points for s in pad.future] == [row(100)[:5], row(400, 3)]
    assert pad.points == pad.drawing.points == 8
    assert [until for _, until in pad.said] == sorted({until for _, until in pad.said})
    assert pad.said[-1][1] == 8


def test_what_was_said_until_then_is_kept(pad):
    """Also where the moment lies within a stretch of which the same was said."""
    assert ("10", 19) in pad.said
    pad.receive({"kind": "moment", "value": 15})
    at_once = [list(point) for point in row(400, 6)]
    pad.receive({"kind": "stroke", "begin": True, "points": at_once, "width": 20})
    assert pad.said == [("00", 9), ("10", 15), ("20", 21)]


def test_undo_takes_the_last_stroke(pad):
    pad.receive({"kind": "undo"})
    assert [s.points for s in pad.drawing.strokes] == [row(100)]
    pad.receive({"kind": "undo"})
    pad.receive({"kind": "undo"})
    assert pad.empty
    assert pad.ink.sum() == 0


def test_undo_after_scrubbing_takes_the_last_stroke_of_all(pad):
    pad.receive({"kind": "moment", "value": 2})
    pad.receive({"kind": "undo"})
    assert [s.points for s in pad.drawing.strokes] == [row(100)]


def test_clear(pad):
    pad.put(torch.rand(1, 1, 256, 256))
    assert not pad.empty
    pad.receive({"kind": "clear"})
    assert pad.empty
    assert pad.points == 0
    assert pad.ink.sum() == 0


def test_an_example_gives_way_to_the_first_stroke():
    pad = make()
    pad.show(sample(8))
    assert pad.example
    assert told(pad).notes["x"]["example"]
    stroke(pad, row(100))
    assert not pad.example
    assert [s.points for s in pad.future] == [row(100)]
    assert pad.said[-1][1] == 12


def test_an_example_is_not_written_into_the_address():
    pad = make()
    pad.show(sample(8))
    assert "address" not in told(pad).notes
    stroke(pad, row(100))
    pad.receive({"kind": "lift"})
    assert from_link(told(pad).notes["address"]["x"]) == [Stroke(20, False, row(100))]


def test_the_address_holds_the_whole_history(pad):
    pad.receive({"kind": "moment", "value": 4})
    pad.receive({"kind": "lift"})
    notes = told(pad).notes
    drawing, _, moment = notes["address"]["x"].partition(".")
    assert [s.points for s in from_link(drawing)] == [row(100), row(300)]
    assert notes["timeline"]["at"] == int(moment) == 4
    assert notes["timeline"]["count"] == 24


@pytest.mark.parametrize("begun", [True, False])
def test_an_emptied_pad_opens_empty(begun):
    pad, other = make(), make()
    for one in (pad, other):
        one.show(sample(3)) if begun else None
    pad.receive({"kind": "sample", "value": 8})
    pad.receive({"kind": "clear"})
    assert pad.address() == ({"x": "-"} if begun else {})
    for text in pad.address().values():
        other.receive({"kind": "link", "value": text})
    assert other.empty
    assert not other.example


def test_a_moment_of_the_example_is_in_the_address():
    pad, other = make(), make()
    for one in (pad, other):
        one.show(sample(3))
    pad.receive({"kind": "moment", "value": 7})
    assert pad.address() == {"x": ".7"}
    other.receive({"kind": "link", "value": ".7"})
    assert other.drawing.points == 7
    assert other.example


@pytest.mark.parametrize("digit", range(10))
def test_samples(digit):
    pad = make()
    pad.receive({"kind": "sample", "value": digit})
    assert pad.future == sample(digit)
    assert pad.said[-1][1] == pad.points


def test_a_link_is_drawn():
    pad = make()
    pad.receive({"kind": "link", "value": to_link(sample(3))})
    assert pad.drawing.strokes == sample(3)
    assert not pad.by_hand


def test_the_browser_is_told_once_and_again_after_hello(pad):
    pad.receive({"kind": "undo"})
    assert "x" in told(pad).notes
    assert "x" not in told(pad).notes
    pad.receive({"kind": "hello"})
    assert told(pad).notes["x"]["strokes"] == [[20, False, row(100)]]


def test_a_lost_session_is_restored(pad):
    """What the browser keeps, strokes and picture, brings the same ink back."""
    generator = torch.Generator().manual_seed(2)
    pad.put((torch.rand(1, 1, 256, 256, generator=generator) * 255).round() / 255)
    stroke(pad, row(200))
    kept = pad.ink
    pad.receive({"kind": "hello"})
    frame = told(pad)
    other = make()
    other.receive(
        {
            "kind": "restore",
            "strokes": json.loads(json.dumps(frame.notes["x"]["strokes"])),
            "base": base64.b64encode(frame.images["x"]).decode(),
        }
    )  # fmt: skip
    assert other.ink.equal(kept)
    assert other.future == pad.future


def test_a_stroke_that_does_not_fit_leaves_a_drawing_that_can_be_shared():
    pad = make()
    pad.draw([Stroke(9, False, [(i % 500, 7) for i in range(MAX_POINTS)])])
    with pytest.raises(ValueError, match="4,000"):
        pad.receive({"kind": "stroke", "begin": True, "points": [[1, 1]]})
    pad.receive({"kind": "lift"})
    assert len(from_link(told(pad).notes["address"]["x"])) == 1


def test_a_touch_without_points_leaves_a_drawing_that_can_be_shared(pad):
    pad.receive({"kind": "stroke", "begin": True, "points": []})
    pad.receive({"kind": "lift"})
    strokes = from_link(told(pad).notes["address"]["x"])
    assert [s.points for s in strokes] == [row(100), row(300)]


def png(size: tuple[int, int]) -> str:
    buffer = io.BytesIO()
    Image.fromarray(np.full(size, 9, np.uint8)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


MANY = [[9, False, [[1, 1]] * 900]] * 5  # one after the other they overflow the drawing
HOSTILE = [
    {},
    {"kind": None},
    {"kind": []},
    {"kind": "no such thing" * 99},
    {"kind": "stroke"},
    {"kind": "stroke", "points": "abc"},
    {"kind": "stroke", "points": [[0, 0, 0]]},
    {"kind": "stroke", "points": [[0, 512]]},
    {"kind": "stroke", "begin": True, "points": [[5, 5]] * (MAX_POINTS + 1)},
    {"kind": "stroke", "points": [[5, 5]] * (MAX_POINTS + 1)},
    {"kind": "moment"},
    {"kind": "moment", "value": True},
    {"kind": "moment", "value": 2.5},
    {"kind": "moment", "value": "3"},
    {"kind": "moment", "value": -7},
    {"kind": "moment", "value": 10**400},
    {"kind": "sample"},
    {"kind": "sample", "value": 10},
    {"kind": "sample", "value": -1},
    {"kind": "sample", "value": True},
    {"kind": "sample", "value": 3.0},
    {"kind": "sample", "value": [3]},
    {"kind": "link"},
    {"kind": "link", "value": {"a": 1}},
    {"kind": "link", "value": "damaged"},
    {"kind": "link", "value": to_link([Stroke(9, False, [(1, 1)] * 900)] * 5)},
    {"kind": "restore"},
    {"kind": "restore", "strokes": "abc"},
    {"kind": "restore", "strokes": [[1, 2]]},
    {"kind": "restore", "strokes": [[9, False, [[1, 1e9]]]]},
    {"kind": "restore", "strokes": MANY},
    {"kind": "restore", "strokes": [], "base": "no base64"},
    {"kind": "restore", "strokes": [], "base": 5},
    {"kind": "restore", "strokes": [], "base": "é"},
    {"kind": "restore", "strokes": [], "base": base64.b64encode(b"no picture").decode()},
    {"kind": "restore", "strokes": [], "base": png((255, 256))},
]


def test_a_bad_event_is_one_sentence_and_changes_nothing(subtests):
    for event in HOSTILE:
        with subtests.test(str(event)[:80]):
            pad = make()
            pad.put(torch.rand(1, 1, 256, 256, generator=torch.Generator().manual_seed(1)))
            stroke(pad, row(100))
            ink = pad.ink
            strokes, future = copy.deepcopy(pad.drawing.strokes), copy.deepcopy(pad.future)
            with pytest.raises(ValueError) as caught:
                pad.receive(event)
            assert is_one_sentence(str(caught.value)), str(caught.value)
            assert pad.drawing.strokes == strokes
            assert pad.future == future
            assert pad.drawing.points == pad.points
            assert pad.ink.equal(ink)
            pad.receive({"kind": "undo"})  # draws afresh: the picture below is still there
            assert not pad.empty


@pytest.mark.parametrize("width", [None, "wide", -1, 10**30, 2.5, True])
def test_any_width_draws(width):
    pad = make()
    pad.receive({"kind": "stroke", "begin": True, "points": [[100, 100]], "width": width})
    assert 0 < pad.ink.sum() < 256 * 256


def test_a_picture_that_took_the_drawing_with_it_is_undone(pad):
    strokes, ink = list(pad.future), pad.ink.clone()
    pad.put(torch.ones(1, 1, 256, 256), "of an upload")
    assert not pad.future
    pad.receive({"kind": "undo"})
    assert pad.future == strokes
    assert pad.ink.equal(ink)
    assert not pad.remark
    for kind, more in (("clear", {}), ("undo", {})):
        pad.receive({"kind": kind, **more})
    assert pad.ink.equal(ink)
