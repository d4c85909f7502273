"""Mistakes in what a page declares are one sentence with the name, before anybody waits."""

import threading
from types import SimpleNamespace

import pytest
import torch

from labs.live import Frame
from labs.live.controls import Button, Knob
from labs.live.lab import Lab
from pages.ui.page import Part, check
from pages.ui.stage import Card, Panel


class Sine(Lab):
    """A lab with one knob."""

    name = "sine"
    controls = (Knob("f", "frequency", 1, 9, 3),)

    def show(self) -> Frame:
        """Return nothing."""
        return Frame()


class Drawn(Sine):
    """A lab with a map that no panel has."""

    def show(self) -> Frame:
        """Return a map."""
        return Frame(maps={"w": torch.zeros(1, 2, 2)})


def test_a_control_that_the_lab_has_not_is_named():
    card = Card("one", (), controls=(Knob("frequency", "frequency", 1, 9, 3), *Sine.controls))
    session = SimpleNamespace(lock=threading.RLock(), experiment=Sine())
    with pytest.raises(ValueError, match=r"Sine has no control frequency$"):
        Part(lab=Sine, cards=(card,)).cards_of(session)


def test_a_button_and_an_event_need_a_method():
    with pytest.raises(TypeError, match="Flipping has no method flip, which its button flip calls"):
        type("Flipping", (Sine,), {"controls": (Button("flip", "upside down"),)})
    with pytest.raises(TypeError, match=r"Drawn waits for \['strok'\], which no panel sends"):
        type("Drawn", (Sine,), {"on": {("pad", "strok"): "show"}})
    with pytest.raises(TypeError, match="Drawn has no method drawn"):
        type("Drawn", (Sine,), {"on": {("pad", "stroke"): "drawn"}})


def test_a_knob_begins_inside_its_range_and_names_are_used_once():
    with pytest.raises(ValueError, match="the knob f begins at 10, outside of 1 to 9"):
        Knob("f", "frequency", 1, 9, 10)
    with pytest.raises(ValueError, match="two controls are called f"):
        type("Twice", (Sine,), {"controls": (*Sine.controls, Knob("f", "other", 0, 1, 0))})


def test_a_lab_has_a_line_in_the_catalogue_under_its_name():
    with pytest.raises(ValueError, match="no place that ends in 'sine', the name of Sine"):
        _ = Part(lab=Sine, cards=()).entry


def test_what_links_hold_is_written_and_read_and_a_lab_is_shown():
    with pytest.raises(TypeError, match=r"Linked has links \(.seed.,\), but no to_link"):
        type("Linked", (Sine,), {"links": ("seed",)})
    with pytest.raises(NotImplementedError, match="Blank has no method show"):
        type("Blank", (Lab,), {})().frame()


def test_a_card_shows_the_lab_s_own_knob():
    card = Card("one", (), controls=(Knob("f", "frequency", 1, 90, 3),))
    session = SimpleNamespace(lock=threading.RLock(), experiment=Sine())
    with pytest.raises(ValueError, match="a card has another f than Sine"):
        Part(lab=Sine, cards=(card,)).cards_of(session)


def test_what_panels_lack_or_leave_is_named():
    card = Card("one", ((Panel("curve", "wave", options={"names": ["wave"]}),),))
    with pytest.raises(ValueError, match=r"^curve wave needs values/wave; no panel reads maps/w$"):
        check(Drawn, [card])
