"""Panels and cards: the pictures of a stage and how they stand together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labs.live.controls import Control
from labs.live.panels import check


@dataclass(frozen=True)
class Panel:
    """One picture.  It draws the frame's entry of its own name and answers to `data-panel`."""

    kind: str  # one of `labs.live.panels`
    name: str
    title: str = ""
    shape: str = ""
    note: str = ""
    alt: str = ""  # what a canvas shows, for those who cannot see it
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown kind or option."""
        check(self.kind, self.name, self.options)


@dataclass(frozen=True)
class Card:
    """Columns of panels, read from left to right, with controls below: on lines, or as a list."""

    name: str
    columns: tuple[tuple[Panel, ...], ...]
    controls: tuple[Control, ...] = ()
    title: str = ""
    text: str = ""
    span: int = 12  # of the twelve columns of the page
    wrap: bool = False
    stack: bool = False  # whether each control has a line of its own
    hold: bool = False  # whether the controls stand above the pictures, in sight when a page opens
