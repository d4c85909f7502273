"""What the hand does on each of the writer's panels.  All raise ValueError in one sentence."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from labs.data.text import PRINTABLE
from labs.live.checks import option, whole
from labs.sequences.language.page import LONGEST
from labs.sequences.language.view.units import STEPS, UNIT, WINDOW, shown_steps, window
from labs.sequences.language.view.words import spoken

if TYPE_CHECKING:
    from labs.sequences.language.writer import Writer

NUMBERS = {spoken(character): number for number, character in enumerate(PRINTABLE.characters)}


def page(lab: "Writer", event: Mapping) -> None:
    """Choose a character; -1 chooses none."""
    at = whole(event.get("index"), -1, LONGEST, "A place in the text")
    lab.marks.unbrush()
    lab.marks.choose(at if 0 <= at < len(lab.page) else None)


def brush(lab: "Writer", event: Mapping) -> None:
    """Brush a stretch of the page, and colour the text by what it is like."""
    first = whole(event.get("from"), 0, LONGEST, "A stretch's beginning")
    end = whole(event.get("to"), first + 1, LONGEST, "A stretch's end")
    lab.marks.brush(first, end)
    lab.settings["color"] = "alike"


def odds(lab: "Writer", event: Mapping) -> None:
    """Write the character that was clicked."""
    lab.write_instead(NUMBERS[option(event.get("label"), NUMBERS, "The next character")])


def units(lab: "Writer", event: Mapping) -> None:
    """Choose a unit and a character in the map of all units."""
    first, length = window(lab)
    unit = whole(event.get("row"), 0, UNIT - 1, "A unit")
    step = whole(event.get("col"), 0, WINDOW - 1, "A step")
    lab.settings["unit"] = unit
    lab.marks.choose(first + min(step, length - 1))


def cell(lab: "Writer", event: Mapping) -> None:
    """Choose one of the opened cell's steps."""
    first, length = shown_steps(lab)
    step = whole(event.get("unit"), 0, STEPS - 1, "A step")
    lab.marks.choose(first + min(step, length - 1))


def tracked(lab: "Writer", event: Mapping) -> None:
    """Choose the unit of a row."""
    row = whole(event.get("unit"), 0, 99, "A row")
    if row < len(lab.tracking.matches):
        lab.choose(lab.tracking.matches[row])


CLICKS: dict[str, Callable[["Writer", Mapping], None]] = {
    panel.__name__: panel for panel in (page, odds, units, cell, tracked)
}
