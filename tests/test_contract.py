"""What every lab keeps: its controls, its address, its challenges, its frame."""

import os
import random
import time
from contextlib import suppress

import pytest
import torch

from labs.live import encode
from labs.live.controls import Button, Choice, Knob, Setting
from labs.live.lab import ANY, UNDO, Lab
from tests.labs import all_labs
from tests.sentences import is_one_sentence, refuses
from tests.walks import turned, walk

LABS = all_labs()
WALKS = 8  # for each lab; the environment's GLASSBOX_WALKS instead, which takes its time
ENOUGH = 1.0  # seconds after which no further walk is begun
CLOSE = 1e-12  # LAPACK's last digits depend on where an array lies in memory
WAIT = ("yours", "softmax cross-entropy", "mnist")  # need a picture, three outputs, a download
JUNK = (None, True, "junk", "", [], {}, float("nan"), float("inf"), -1e300, 1e300, "\x00")


@pytest.fixture(params=LABS, ids=str)
def kind(request) -> type[Lab]:
    return LABS[request.param]


def test_settings_begin_at_the_defaults_of_the_controls(kind):
    lab = kind()
    for control in lab.controls:
        if isinstance(control, Setting):
            assert lab.settings[control.name] == lab.usual(control.name), control.name
    assert lab.address() == {}
    assert not {name for name in lab.links if name in lab.settings}


def test_what_the_channel_reads_of_it_has_the_right_type(kind):
    lab = kind()
    assert lab.steps is None or isinstance(lab.steps, int)
    assert all(isinstance(flag, bool) for flag in (lab.quick, lab.slow, lab.eager))
    assert isinstance(hash(lab.alike), int)


def test_both_ends_and_every_option_are_taken_and_nothing_beyond(kind):
    lab = kind()
    for control in lab.controls:
        if isinstance(control, Knob):
            for value in (control.low, control.high):
                lab.receive({"setting": control.name, "value": value})
            beyond = (control.low - 1, control.high + 1)
        elif isinstance(control, Choice):
            for key in control.keys:
                if key not in WAIT:
                    lab.receive({"setting": control.name, "value": key})
            with suppress(ValueError):
                lab.receive({"setting": control.name, "value": control.default})
            beyond = ("no such option",)
        else:
            continue
        for value in beyond:
            before = dict(lab.settings)
            with pytest.raises(ValueError) as refusal:
                lab.receive({"setting": control.name, "value": value})
            assert is_one_sentence(str(refusal.value)), refusal.value
            assert lab.settings == before


def test_junk_is_refused_in_a_sentence_and_changes_nothing(kind):
    lab = kind()
    before, failures = lab.address(), []
    events = [{}, {"kind": "nonsense"}, {"panel": 3, "kind": []}, {"setting": "no such"}]
    events += [{"setting": c.name, "value": junk}
               for c in lab.controls if isinstance(c, Setting) for junk in JUNK]  # fmt: skip
    events += [{"panel": None if panel == "*" else panel, "kind": event}
               for panel, event in kind.on if event not in FREE]  # fmt: skip
    for event in events:
        try:
            lab.receive(event)
        except ValueError as refusal:
            if not is_one_sentence(str(refusal)):
                failures.append((event, str(refusal)))
        except Exception as fault:
            failures.append((event, repr(fault)))
    assert not failures
    assert lab.address() == before


FREE = ("hello", "leave", "lift", "clear")  # events that need nothing more


def test_nothing_is_met_on_arrival(kind):
    lab = kind()
    for _ in range(3):
        lab.step()
    met = lab.frame().notes["met"]
    assert not met, f"{kind.__name__} begins with challenges that are met: {met}"
    assert len({c.key for c in lab.challenges}) == len(lab.challenges)


def test_its_address_opens_the_same_frame_or_says_what_is_left_out(kind, monkeypatch):
    monkeypatch.setattr("time.perf_counter", float)  # a caption may say how long something took
    failures, began = [], time.monotonic()
    for seed in range(int(os.environ.get("GLASSBOX_WALKS", WALKS))):
        if seed and time.monotonic() - began > ENOUGH and "GLASSBOX_WALKS" not in os.environ:
            break
        lab, other = kind(), kind()
        walk(lab, seed)
        assert other.open({k: str(v) for k, v in lab.address().items()}) == {}, seed
        if lab.left_out():
            assert is_one_sentence(lab.left_out()), lab.left_out()
            continue
        assert other.address() == lab.address(), seed
        for name, (a, b) in differences(lab, other).items():
            failures.append((seed, name, a, b))
    assert not failures


def differences(lab: Lab, other: Lab) -> dict:
    """Return by name what the frames of two labs have not in common, told to a new browser."""
    for one in (lab, other):
        one.settle()
        one.sent.clear()
        for panel in {panel for panel, _ in one.on if panel != ANY}:
            one.receive({"panel": panel, "kind": "hello"})
    one, two = lab.frame(), other.frame()
    for frame in (one, two):
        encode(frame)
    found = {}
    for group in ("maps", "values"):
        a, b = getattr(one, group), getattr(two, group)
        found |= {
            f"{group}/{n}": (a.get(n), b.get(n))
            for n in a.keys() | b.keys()
            if n not in a
            or n not in b
            or a[n].shape != b[n].shape
            or not torch.allclose(a[n], b[n], rtol=0, atol=CLOSE, equal_nan=True)
        }
    if one.images != two.images:
        found["images"] = (one.images.keys(), two.images.keys())
    for frame in (one, two):  # what may be undone is the hand's own story
        frame.notes["idle"] = [name for name in frame.notes.get("idle", ()) if name != UNDO.name]
    for name in one.notes.keys() | two.notes.keys():
        if name not in ("met", "address") and one.notes.get(name) != two.notes.get(name):
            found[f"notes/{name}"] = one.notes.get(name), two.notes.get(name)
    return found


def test_an_act_is_undone(kind, monkeypatch):
    monkeypatch.setattr("time.perf_counter", float)
    lab, other = kind(), kind()
    if not lab.undoable:
        return
    assert UNDO.name in lab.frame().notes["idle"]
    refuses(lab, {"setting": UNDO.name, "value": True})
    refuses(lab, {"kind": "nonsense"})
    refuses(lab, {"setting": UNDO.name, "value": True})  # a refused act is none
    for one in (lab, other):
        walk(one, 0, length=5)
    dice, before = random.Random(0), lab.address()
    turnable = [c for c in lab.controls if isinstance(c, Knob | Choice)]
    for _ in range(5):
        tried(lab, turned(dice.choice(turnable), dice))
        lab.rest()
    assert lab.address() != before
    assert UNDO.name not in lab.frame().notes.get("idle", ())
    while lab.address() != before:
        lab.receive({"setting": UNDO.name, "value": True})
        lab.rest()
    assert not differences(lab, other)


def tried(lab: Lab, event: dict) -> None:
    """Do what may be refused in a sentence."""
    try:
        lab.receive(event)
    except ValueError as refusal:
        assert is_one_sentence(str(refusal)), refusal


def test_buttons_are_pressed_without_a_fault(kind):
    for control in kind().controls:
        if isinstance(control, Button):
            lab = kind()
            try:
                lab.receive({"setting": control.name, "value": True})
            except ValueError as refusal:
                assert is_one_sentence(str(refusal)), refusal
            lab.frame()
