"""The writing experiment: a net reads what is typed, goes on by itself, and may be opened."""

from functools import cache

import torch

from labs.data.text import PRINTABLE, plain
from labs.live import Frame
from labs.live.checks import EMPTY, numbers, option, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.numerals import counted
from labs.sequences.language import controls as c
from labs.sequences.language.beside import Beside
from labs.sequences.language.challenges.writing import WRITING
from labs.sequences.language.export.writing import script
from labs.sequences.language.features import Match, match
from labs.sequences.language.look import STEPS, WINDOW, Look, sampling
from labs.sequences.language.marks import Marks
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.page import LONGEST, Page, write
from labs.sequences.language.sampling import Noise, Settings
from labs.sequences.language.tracking import Tracking
from labs.sequences.language.view import text, units
from labs.sequences.language.view.words import spoken

TYPED = 1000  # characters that a visitor may type
AHEAD = 360  # characters that the net has written when the page opens
USUAL = sampling({knob.name: knob.default for knob in (c.TEMPERATURE, c.TOP_K, c.TOP_P)})
NUMBERS = {spoken(character): number for number, character in enumerate(PRINTABLE.characters)}


class Writer(Lab):
    """A page of text under one net; one step writes one character."""

    name = "language"
    controls = c.WRITING
    challenges = WRITING
    links = ("page", "began", "mark", "brush")
    on = {
        ("page", "type"): "begin_with",
        ("page", "click"): "choose_character",
        ("page", "brush"): "brush",
        ("odds", "click"): "write_instead",
        ("units", "click"): "choose_in_map",
        ("cell", "click"): "choose_step",
        ("tracked", "click"): "choose_tracked",
    }

    def __init__(self) -> None:
        super().__init__()
        self.typed: str | None = None  # the visitor's own beginning
        self.beside = Beside()
        self._open()

    def _open(self) -> None:
        """Open the net of the settings at its beginning, and a unit of it that tracks something."""
        self.page = Page(load(self.settings["net"]), PRINTABLE)
        self.marks, self.tracking = Marks(self.page), Tracking()
        self._begin(self._how, AHEAD if self.typed is None else 0)
        self._choose(opened(self.settings["net"]))

    def _begin(self, how: Settings, ahead: int = 0) -> None:
        """Read the beginning again, take up the dice of the seed, write so many characters."""
        self.marks.clear()
        self.page.read(self.beginning)
        self._steps, self._noise, self._began = 0, dice(self.settings["seed"]), how
        self._chosen_by_hand = False  # whether a character was written instead of the net's
        for _ in range(ahead):
            write(self.page, how, self._noise)
            self._steps += 1
        if ahead:
            self.tracking.update(self.page, resting=True)

    @property
    def beginning(self) -> str:
        """What the net reads before it writes: the visitor's words, or its own usual ones."""
        return shipped()[self.settings["net"]].begins if self.typed is None else self.typed

    @property
    def steps(self) -> int:
        """Characters written since the beginning was read."""
        return self._steps

    @property
    def _how(self) -> Settings:
        return sampling(self.settings)

    @property
    def look(self) -> Look:
        """What there is to see of the page."""
        return Look(self.page, self.marks, self.settings, self.beginning, self.typed is not None,
                    self.steps, self.tracking.matches)  # fmt: skip

    def step(self) -> bool:
        """Write one character."""
        write(self.page, self._how, self._noise)
        self._steps += 1
        return True

    def again(self) -> None:
        """Begin again with the same dice."""
        self._begin(self._how)

    def changed(self, name: str, before: Value) -> None:
        """Open another net, or write as much as is there by other throws."""
        if self.settings[name] == before:
            return
        if name == "net":
            self._open()
        elif name == "seed":
            self._begin(self._how, min(self.steps, AHEAD))

    def begin_with(self, event: Event) -> None:
        """Read what is typed."""
        value = event.get("value")
        if not isinstance(value, str):
            raise ValueError("What is typed is text.")
        if len(value) > TYPED:
            raise ValueError(f"The text has {len(value):,} characters; the limit is {TYPED:,}.")
        text = plain(value.replace("\r\n", "\n"))
        if text != self.beginning:
            self.typed = text
            self._begin(self._how)

    def choose_character(self, event: Event) -> None:
        """Choose a character; -1 chooses none."""
        at = whole(event.get("index"), -1, LONGEST, "A place in the text")
        self.marks.unbrush()
        self.marks.choose(at if 0 <= at < len(self.page) else None)

    def brush(self, event: Event) -> None:
        """Brush a stretch of the page, and colour the text by what it is like."""
        first = whole(event.get("from"), 0, LONGEST, "A stretch's beginning")
        end = whole(event.get("to"), first + 1, LONGEST, "A stretch's end")
        self.marks.brush(first, end)
        self.settings["color"] = "alike"

    def write_instead(self, event: Event) -> None:
        """Write a clicked character at the chosen place or the end; go on from there."""
        number = NUMBERS[option(event.get("label"), NUMBERS, "The next character")]
        if self.marks.at is not None:
            self.page.back_to(self.marks.at)
        self.page.add(PRINTABLE.symbols[number], number)
        self.marks.clear()
        self._chosen_by_hand = True
        self._steps = max(0, self.page.start + len(self.page) - len(self.beginning))

    def choose_in_map(self, event: Event) -> None:
        """Choose a unit and a character in the map of all units."""
        first, length = self.look.window
        unit = whole(event.get("row"), 0, c.UNITS - 1, "A unit")
        step = whole(event.get("col"), 0, WINDOW - 1, "A step")
        self.settings["unit"] = unit
        self.marks.choose(first + min(step, length - 1))

    def choose_step(self, event: Event) -> None:
        """Choose one of the opened cell's steps."""
        first, length = self.look.cell
        step = whole(event.get("unit"), 0, STEPS - 1, "A step")
        self.marks.choose(first + min(step, length - 1))

    def choose_tracked(self, event: Event) -> None:
        """Choose the unit of a row."""
        row = whole(event.get("unit"), 0, 99, "A row")
        if row < len(self.tracking.matches):
            self._choose(self.tracking.matches[row])

    def _choose(self, found: Match) -> None:
        self.settings |= {"layer": str(found.layer + 1), "unit": found.unit}

    def usual(self, name: str) -> Value | None:
        """Return the value that an address need not say: a net opens at a unit of its own."""
        if name == "layer":
            return str(opened(self.settings["net"]).layer + 1)
        if name == "unit":
            return opened(self.settings["net"]).unit
        return super().usual(name)

    def to_link(self) -> dict[str, str]:
        """Return the visitor's words, how the text was begun if an address does not show it, and
        what is marked in it.
        """
        again = self.settings["seed"] != super().usual("seed")  # then it is written last
        shown = not self.steps or self._began == (self._how if again else USUAL)
        began = f"{self._began.temperature},{self._began.top_k},{self._began.top_p}"
        at, stretch = self.marks.at, self.marks.stretch
        return {
            "page": "" if self.typed is None else self.typed or EMPTY,
            "began": "" if shown else began,
            "mark": "" if at is None else str(at),
            "brush": "" if stretch is None else "{}.{}".format(*stretch),
        }

    def left_out(self) -> str:
        """Say how the text of a link is another one."""
        opened = AHEAD if self.typed is None else 0
        if self._chosen_by_hand:
            return "A character was chosen by hand: the link has the text as the net writes it."
        if self.steps == opened:
            return ""
        return f"The link opens with {counted(opened, 'character')} written, not {self.steps:,}."

    def from_link(self, name: str, text: str) -> None:
        """Read the words of a link, write the text in its way, or mark what it marks."""
        if name == "page":
            self.begin_with({"value": "" if text == EMPTY else text})
            return
        if name == "mark":
            self.marks.choose(places(text, max(0, len(self.page) - 1))[0])
            return
        if name == "brush":
            first, end = places(text, LONGEST, LONGEST)
            self.marks.brush(first, max(first, end))
            return
        temperature, top_k, top_p = numbers(text, 3, 0, c.TOP_K.high)
        self._begin(Settings(temperature, int(top_k), top_p), self.steps)

    def settle(self) -> bool:
        """Compare units and nets by the text as it is now; True if it is another."""
        tracked = self.sees("tracked") and self.tracking.update(self.page, resting=True)
        beside = self.sees("beside") and self.beside.update(self.look, resting=True)
        return tracked or beside

    def show(self) -> Frame:
        """Return the text in its colours, what may come next, and the cell at the chosen step."""
        if self.sees("tracked"):
            self.tracking.update(self.page)
        look, frame = self.look, Frame(notes={"colors": {}, "titles": {}})
        text.color(frame, look)
        text.odds(frame, look)
        if self.sees("inside"):
            units.units(frame, look)
            units.cell(frame, look)
        if self.sees("beside"):
            self.beside.update(look)
            self.beside.show(frame, look)
        if self.sees("tracked"):
            units.tracked(frame, look)
        frame.notes["say"] = f"{len(self.page)} characters on the page."
        return frame

    def evidence(self) -> tuple:
        """Return what there is to see of the page."""
        return (self.look,)

    def script(self) -> str:
        """Return the script that writes the page again."""
        length, seed = max(self.steps, 200), self.settings["seed"]
        return script(self.page.model, self.beginning, length, self._how, seed)


def dice(seed: int) -> Noise:
    """Return the noise by which characters are drawn."""
    return Noise(len(PRINTABLE) - 1, torch.Generator().manual_seed(seed))


@cache
def opened(net: str) -> Match:
    """Return the unit at which a net opens: of its usual first page, the one that tracks best."""
    page, noise = Page(load(net), PRINTABLE), dice(c.SEED.default)
    page.read(shipped()[net].begins)
    for _ in range(AHEAD):
        write(page, USUAL, noise)
    return match(page.text, page.past().h[1:], 1)[0]
