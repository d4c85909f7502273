"""The writing experiment: a net reads what is typed, goes on by itself, and may be opened."""

import time
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.challenges import met
from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.models.characters import CharNet
from labs.sequences.language import view
from labs.sequences.language.beside import Beside
from labs.sequences.language.brush import Alike, alike
from labs.sequences.language.challenges import WRITING
from labs.sequences.language.clicks import CLICKS
from labs.sequences.language.features import Match, match
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.page import LONGEST, Page
from labs.sequences.language.sampling import Noise, Settings, distribution, known, throw
from labs.sequences.language.view import COLORS, ENOUGH, UNIT

TYPED = 1000  # characters that a visitor may type
AHEAD = 360  # characters that the net has written when the page opens
PAUSE = 0.5  # seconds between two comparisons while text streams
RANGES = {"temperature": (0.0, 3.0), "top_p": (0.05, 1.0)}
COUNTS = {"top_k": (0, 40), "seed": (0, 99), "unit": (0, UNIT - 1)}


class Writer:
    """A page of text under one net; one step writes one character."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {
            "net": next(iter(shipped())), "temperature": 0.8, "top_k": 0, "top_p": 1.0, "seed": 1,
            "color": "surprise", "layer": "2", "unit": 0,
        }  # fmt: skip
        self.typed: str | None = None  # the visitor's own beginning
        self.selected: int | None = None  # place in the text as a whole, not on the page
        self.brush: tuple[int, int] | None = None
        self.met: set[str] = set()
        self.visible: set[str] | None = None
        self.matches: list[Match] = []
        self._compared = (0.0, None)
        self.others = Beside()
        self._open()

    def _open(self) -> None:
        """Open the net of the settings at its beginning."""
        self.page = Page(load(self.settings["net"]), PRINTABLE)
        self._begin()
        for _ in range(AHEAD):
            self.step()
        self._steps = 0
        self._compare()
        if self.matches:
            self.choose(self.matches[0])

    def _begin(self) -> None:
        """Read the beginning again and take up the dice of the seed."""
        self.selected, self.brush = None, None
        self.page.read(self.beginning)
        self._steps = 0
        generator = torch.Generator().manual_seed(int(self.settings["seed"]))
        self._noise = Noise(len(PRINTABLE) - 1, generator)

    @property
    def beginning(self) -> str:
        """What the net reads before it writes: the visitor's words, or its own usual ones."""
        usual = shipped()[self.settings["net"]].begins
        return usual if self.typed is None else self.typed

    @property
    def how(self) -> Settings:
        """Return how characters are chosen."""
        s = self.settings
        return Settings(float(s["temperature"]), int(s["top_k"]), float(s["top_p"]))

    @property
    def recipe(self) -> tuple[CharNet, str, int, Settings, int]:
        """What a script needs to write the page again: net, beginning, length, settings, seed."""
        seed = int(self.settings["seed"])
        return self.page.model, self.beginning, max(self.steps, 200), self.how, seed

    @property
    def steps(self) -> int:
        """Characters written since the beginning was read."""
        return self._steps

    def address(self) -> dict[str, str]:
        """Return the visitor's words for a link."""
        return {} if self.typed is None else {"page": self.typed}

    # the three verbs

    def step(self) -> bool:
        """Write one character."""
        _, p = distribution(known(self.page.logits), self.how)
        number = throw(p, self._noise.next())
        self.page.add(PRINTABLE.symbols[number], number)
        self._steps += 1
        return True

    def receive(self, event: Mapping) -> None:
        """Take in typing, a click, a brush or a setting.  Raises ValueError in one sentence."""
        kind = event.get("kind")
        if kind in ("type", "link"):
            self._type(event.get("value"))
        elif kind == "brush":
            self._brush(event)
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
        self.typed = value.replace("\r\n", "\n")
        self._begin()

    def _click(self, event: Mapping) -> None:
        panel = event.get("panel")
        if not isinstance(panel, str) or panel not in CLICKS:
            raise ValueError("There is nothing to click there.")
        CLICKS[panel](self, event)

    def select(self, index: int | None) -> None:
        """Choose the character at `index` of the page, or none."""
        self.selected = None if index is None else self.page.start + index

    def choose(self, found: Match) -> None:
        """Choose a unit that tracks something."""
        self.settings |= {"layer": str(found.layer + 1), "unit": found.unit}

    def write_instead(self, number: int) -> None:
        """Write a character of the visitor's at the chosen place or the end; go on from there."""
        if self.at is not None:
            self.page.back_to(self.at)
        self.page.add(PRINTABLE.symbols[number], number)
        self.selected = self.brush = None
        self._steps = max(0, self.page.start + len(self.page) - len(self.beginning))

    def _brush(self, event: Mapping) -> None:
        first = whole(event.get("from"), 0, LONGEST, "A stretch's beginning")
        last = whole(event.get("to"), first + 1, LONGEST, "A stretch's end")
        start = self.page.start
        self.brush = (start + first, start + min(last, len(self.page)))
        self.settings["color"] = "alike"

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = set(map(str, value)) if isinstance(value, list) else None
        elif name == "net":
            self.settings["net"] = option(value, shipped(), "The net")
            self._open()
        elif name == "layer":
            self.settings["layer"] = option(value, ("1", "2"), "The layer")
        elif name == "color":
            self.settings["color"] = option(value, COLORS, "The colour")
        elif name == "again":
            self._begin()
        elif isinstance(name, str) and name in RANGES:
            self.settings[name] = number(value, *RANGES[name], name)
        elif isinstance(name, str) and name in COUNTS:
            self.settings[name] = rounded(value, *COUNTS[name], name)
            if name == "seed":
                self._begin()
        else:
            raise ValueError(f"The writer has no setting {shown(name)}.")

    def frame(self) -> Frame:
        """Return the text in its colours, what may come next, and the cell at the chosen step."""
        if self.sees("tracked"):
            self._compare()
        self.met = met(WRITING, self.met, self)
        return view.frame(self)

    # what the picture asks

    @property
    def layer(self) -> int:
        """The chosen layer, from 0 on."""
        return int(self.settings["layer"]) - 1

    @property
    def unit(self) -> int:
        """The chosen unit."""
        return int(self.settings["unit"])

    @property
    def at(self) -> int | None:
        """The chosen character's index on the page, None if none is chosen or it was let go."""
        if self.selected is None or self.selected < self.page.start:
            return None
        return min(self.selected - self.page.start, len(self.page) - 1)

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def alike(self) -> Alike | None:
        """Return what the brushed stretch shares with the page; None without one in sight."""
        if self.brush is None:
            return None
        first, last = (max(0, place - self.page.start) for place in self.brush)
        return alike(self.page.past().h[1:].flatten(1), first, last) if first < last else None

    def next_logits(self) -> Tensor:
        """Return the logits at the chosen character, or of what comes next."""
        return self.page.logits if self.at is None else self.page.logits_before(self.at)

    def _compare(self) -> None:
        """Compare the units with features of the text, now and then while it streams."""
        state = (self.page.start, len(self.page), self.settings["net"], self.beginning)
        if self._compared[1] == state or time.monotonic() - self._compared[0] < PAUSE:
            return
        enough = len(self.page) >= ENOUGH
        self.matches = match(self.page.text, self.page.past().h[1:], 2) if enough else []
        self._compared = (time.monotonic(), state)
