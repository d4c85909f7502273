"""The writing experiment: a net reads what is typed, goes on by itself, and may be opened."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import cards
from labs.models.characters import CharNet
from labs.sequences.language import view
from labs.sequences.language.beside import Beside
from labs.sequences.language.brush import Alike, alike
from labs.sequences.language.challenges import WRITING
from labs.sequences.language.choices import checked, how, usual
from labs.sequences.language.clicks import CLICKS, brush
from labs.sequences.language.features import Match
from labs.sequences.language.marks import Marks
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.page import Page, write
from labs.sequences.language.sampling import Noise, Settings
from labs.sequences.language.tracking import Tracking

TYPED = 1000  # characters that a visitor may type
AHEAD = 360  # characters that the net has written when the page opens


class Writer:
    """A page of text under one net; one step writes one character."""

    def __init__(self) -> None:
        self.settings = usual()
        self.typed: str | None = None  # the visitor's own beginning
        self.met: set[str] = set()
        self.visible: set[str] | None = None
        self.others = Beside()
        self._open()

    def _open(self) -> None:
        """Open the net of the settings at its beginning."""
        self.page = Page(load(self.settings["net"]), PRINTABLE)
        self.marks, self.tracking = Marks(self.page), Tracking()
        self._begin(AHEAD)
        self.tracking.update(self.page)
        if self.tracking.matches:
            self.choose(self.tracking.matches[0])
        self._opened = {name: self.settings[name] for name in ("layer", "unit")}

    def _begin(self, ahead: int = 0) -> None:
        """Read the beginning again, take up the dice of the seed, write so many characters."""
        self.marks.clear()
        self.page.read(self.beginning)
        self._steps = 0
        generator = torch.Generator().manual_seed(int(self.settings["seed"]))
        self._noise = Noise(len(PRINTABLE) - 1, generator)
        for _ in range(ahead):
            self.step()

    @property
    def beginning(self) -> str:
        """What the net reads before it writes: the visitor's words, or its own usual ones."""
        return shipped()[self.settings["net"]].begins if self.typed is None else self.typed

    @property
    def how(self) -> Settings:
        """Return how characters are chosen."""
        return how(self.settings)

    @property
    def recipe(self) -> tuple[CharNet, str, int, Settings, int]:
        """What a script needs to write the page again: net, beginning, length, settings, seed."""
        seed = int(self.settings["seed"])
        return self.page.model, self.beginning, max(self.steps, 200), self.how, seed

    @property
    def steps(self) -> int:
        """Characters written since the beginning was read."""
        return self._steps

    def address(self) -> dict[str, str | float]:
        """Return for a link the visitor's words, and the unit and colour that clicks chose."""
        words = {} if self.typed is None else {"page": self.typed}
        return words | {
            name: self.settings[name]
            for name, first in (self._opened | {"color": usual()["color"]}).items()
            if self.settings[name] not in (first, "alike")  # no link keeps a brushed stretch
        }

    def step(self) -> bool:
        """Write one character."""
        write(self.page, self.how, self._noise)
        self._steps += 1
        return True

    def receive(self, event: Mapping) -> None:
        """Take in typing, a click, a brush or a setting.  Raises ValueError in one sentence."""
        kind = event.get("kind")
        if kind in ("type", "link"):
            self._type(event.get("value"))
        elif kind == "brush":
            brush(self, event)
        elif kind == "click":
            self._click(event)
        elif "setting" in event:
            self._set(event["setting"], event.get("value"))
        else:
            raise ValueError("The writer knows typing, clicks, brushes and settings.")

    def _type(self, value: object) -> None:
        if not isinstance(value, str):
            raise ValueError("What is typed is text.")
        if len(value) > TYPED:
            raise ValueError(f"The text has {len(value):,} characters; the limit is {TYPED:,}.")
        text = value.replace("\r\n", "\n")
        if text != self.beginning:
            self.typed = text
            self._begin()

    def _click(self, event: Mapping) -> None:
        panel = event.get("panel")
        if not isinstance(panel, str) or panel not in CLICKS:
            raise ValueError("There is nothing to click there.")
        CLICKS[panel](self, event)

    def choose(self, found: Match) -> None:
        """Choose a unit that tracks something."""
        self.settings |= {"layer": str(found.layer + 1), "unit": found.unit}

    def write_instead(self, number: int) -> None:
        """Write a character of the visitor's at the chosen place or the end; go on from there."""
        if self.marks.at is not None:
            self.page.back_to(self.marks.at)
        self.page.add(PRINTABLE.symbols[number], number)
        self.marks.clear()
        self._steps = max(0, self.page.start + len(self.page) - len(self.beginning))

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = cards(value)
        elif name == "again":
            self._begin()
        else:
            self._change(name, checked(name, value))

    def _change(self, name: str, value: str | float) -> None:
        """Take up a setting; one that says what is so already begins nothing anew."""
        if value == self.settings[name]:
            return
        self.settings[name] = value
        if name == "net":
            self._open()
        elif name == "seed":
            self._begin(min(self.steps, AHEAD))  # as much as is there, by other throws

    def frame(self) -> Frame:
        """Return the text in its colours, what may come next, and the cell at the chosen step."""
        if self.sees("tracked"):
            self.tracking.update(self.page)
        self.met = met(WRITING, self.met, self)
        return view.frame(self)

    @property
    def layer(self) -> int:
        """The chosen layer, from 0 on."""
        return int(self.settings["layer"]) - 1

    @property
    def unit(self) -> int:
        """The chosen unit."""
        return int(self.settings["unit"])

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def alike(self) -> Alike | None:
        """Return what the brushed stretch shares with the page; None without one in sight."""
        if self.marks.stretch is None:
            return None
        return alike(self.page.past().h[1:].flatten(1), *self.marks.stretch)

    def next_logits(self) -> Tensor:
        """Return the logits at the chosen character, or of what comes next."""
        at = self.marks.at
        return self.page.logits if at is None else self.page.logits_before(at)
