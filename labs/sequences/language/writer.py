"""The writing experiment: a net reads what is typed, goes on by itself, and may be opened."""

import time
from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data.text import PRINTABLE
from labs.live import Frame
from labs.live.checks import number, option, rounded, shown, whole
from labs.models.characters import CharNet
from labs.sequences.language import challenges
from labs.sequences.language.inside import Match, alike, match, sentence, unit_over_time
from labs.sequences.language.nets import load, shipped
from labs.sequences.language.page import LONGEST, Page
from labs.sequences.language.sampling import Noise, Settings, distribution, known, throw

TYPED = 1000  # characters that a visitor may type
AHEAD = 360  # characters that the net has written when the page opens
WINDOW = 96  # characters in the heat map of units
STEPS = 10  # in the opened cell
ROWS = 14  # likeliest characters shown
ENOUGH = 300  # characters before units are compared with features
PAUSE = 0.5  # seconds between two comparisons while text streams
UNIT = 256
# what colours the text -> the name in `unit_over_time`, and whether it has a sign
COLORS = {
    "surprise": ("", False),
    "h": ("h", True),
    "c": ("c", True),
    "input": ("input", False),
    "forget": ("forget", False),
    "output": ("output", False),
    "reset": ("reset", False),
    "update": ("update", False),
    "alike": ("", False),
}
NAMES = {"\n": "↵ line", " ": "␣ space"}
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
            self._choose(self.matches[0])

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
        if panel == "page":
            at = whole(event.get("index"), -1, LONGEST, "A place in the text")
            self.brush = None
            self.selected = None if at < 0 or at >= len(self.page) else self.page.start + at
        elif panel == "units":
            first, length = self._window()
            row = whole(event.get("row"), 0, UNIT - 1, "A unit")
            col = whole(event.get("col"), 0, WINDOW - 1, "A step")
            self.settings["unit"] = row
            self.selected = self.page.start + first + min(col, length - 1)
        elif panel == "tracked":
            index = whole(event.get("unit"), 0, 99, "A row")
            if index < len(self.matches):
                self._choose(self.matches[index])
        elif panel == "cell":
            col = whole(event.get("unit"), 0, STEPS - 1, "A step")
            first, length = self._shown_steps()
            self.selected = self.page.start + first + min(col, length - 1)
        else:
            raise ValueError("There is nothing to click there.")

    def _choose(self, found: Match) -> None:
        self.settings |= {"layer": str(found.layer + 1), "unit": found.unit}

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
        frame = Frame(notes={"settings": self.settings, "colors": {}, "titles": {}})
        values = unit_over_time(self.page.model, self.page.past(), self.layer, self.unit)
        self._color(frame, values)
        self._odds(frame)
        if self._sees("inside"):
            self._units(frame)
            self._cell(frame, values)
        if self._sees("tracked"):
            self._compare()
            self._tracked(frame)
        self.met |= challenges.met(self)
        frame.notes["met"] = sorted(self.met)
        frame.notes["say"] = f"{len(self.page)} characters on the page."
        return frame

    # what is shown

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

    def _sees(self, card: str) -> bool:
        return self.visible is None or card in self.visible

    def _color(self, frame: Frame, values: dict[str, Tensor]) -> None:
        chosen, note = self.settings["color"], ""
        name, signed = COLORS[chosen]
        title = f"{name or chosen} of unit {self.unit}, layer {self.layer + 1}"
        if chosen == "surprise" or (chosen == "alike" and self.brush is None):
            colors, high, title = self.page.bits, 8.0, "bits of surprise"
            if chosen == "alike":
                note = "drag over a stretch of text first"
        elif chosen == "alike":
            colors, high, title = self.alike(), 1.0, "of the brushed units are on"
        elif name not in values:
            colors, signed, high = values["h"], True, 1.0
            note = f"this net has no {chosen}: its output h is shown"
        else:
            colors = values[name]
            high = 1.0 if name != "c" else max(1.0, float(colors.abs().max()) if len(colors) else 1)
        frame.values["page"] = colors
        frame.notes["colors"]["page"] = "signed" if signed else "unsigned"
        total = float(self.page.bits.sum())
        start, brush = self.page.start, None
        if self.brush and self.brush[0] >= start:
            brush = [self.brush[0] - start, self.brush[1] - start]
        frame.notes["page"] = {
            "text": self.page.text, "start": start, "selected": self.at, "high": high,
            "brush": brush, "typed": self.beginning,
            "marked": max(0, len(self.beginning) - start), "label": title,
        }  # fmt: skip
        unknown = PRINTABLE.unknown(self.beginning)
        if unknown:
            note = f"{len(unknown)} kinds of characters are outside the alphabet: read as unknown"
        each = total / max(1, len(self.page))
        frame.notes["titles"]["page"] = note or (
            f"{len(self.page):,} characters cost {total:,.0f} bits, {each:.2f} each"
        )

    def alike(self) -> Tensor:
        """Return where the units are on that are on all over the brushed stretch, (length,)."""
        start = self.page.start
        first, last = max(0, self.brush[0] - start), self.brush[1] - start
        if last <= first:
            return torch.zeros(len(self.page))
        states = self.page.past().h[1:].flatten(1)
        self.on, share = alike(states, first, last)
        return share

    def next_logits(self) -> Tensor:
        """Return the logits at the chosen character, or of what comes next."""
        return self.page.logits if self.at is None else self.page.logits_before(self.at)

    def _odds(self, frame: Frame) -> None:
        before, kept = distribution(known(self.next_logits()), self.how)
        top = before.topk(ROWS)
        came = None if self.at is None else int(PRINTABLE.encode(self.page.text[self.at])[0])
        indices = top.indices.tolist()
        rejected = float(before[kept == 0].sum())
        frame.notes["odds"] = {
            "rows": [
                [symbol(i), float(kept[i]), float(before[i]), f"{100 * kept[i]:.1f} %"]
                for i in indices
            ],
            "chosen": indices.index(came) if came in indices else None,
            "foot": f"rejected: {100 * rejected:.1f} % of the mass, "
            f"{int((kept > 0).sum())} characters left",
        }
        frame.notes["titles"]["odds"] = (
            "after the last character" if came is None else f"where “{symbol(came)}” came"
        )

    def _window(self) -> tuple[int, int]:
        """Return where the heat map begins on the page, and its length."""
        end = len(self.page) if self.at is None else min(len(self.page), self.at + WINDOW // 2)
        first = max(0, end - WINDOW)
        return first, min(WINDOW, len(self.page) - first)

    def _units(self, frame: Frame) -> None:
        first, length = self._window()
        h = torch.zeros(UNIT, WINDOW)
        h[:, :length] = self.page.past().h[first + 1 : first + 1 + length, self.layer].T
        frame.maps["units"] = h[None]
        frame.notes["titles"]["units"] = f"layer {self.layer + 1}, last {length} characters"
        column = length - 1 if self.at is None else self.at - first
        frame.notes["marks"] = {"units": [
            {"unit": 0, "box": [0, column, UNIT, column + 1]},
            {"unit": 0, "box": [self.unit, 0, self.unit + 1, WINDOW]},
        ]}  # fmt: skip

    def _shown_steps(self) -> tuple[int, int]:
        last = len(self.page) if self.at is None else self.at + 1
        first = max(0, last - STEPS)
        return first, last - first

    def _cell(self, frame: Frame, values: dict[str, Tensor]) -> None:
        first, length = self._shown_steps()
        if length == 0:
            return
        part = slice(first, first + length)
        rows = torch.zeros(len(values), STEPS)
        rows[:, :length] = torch.stack([v[part] for v in values.values()])
        frame.values["cell"] = rows
        past, last = self.page.past(), first + length - 1
        before = tuple(x[last, self.layer, self.unit].item() for x in (past.h, past.c))
        frame.notes["cell"] = {
            "rows": list(values),
            "columns": list(self.page.text[part]),
            "chosen": length - 1,
            "text": sentence(self.page.model.kind, values, before, last),
        }
        frame.notes["titles"]["cell"] = f"unit {self.unit} of layer {self.layer + 1}"

    def _compare(self) -> None:
        """Compare the units with features of the text, now and then while it streams."""
        state = (self.page.start, len(self.page), self.settings["net"], self.beginning)
        if self._compared[1] == state or time.monotonic() - self._compared[0] < PAUSE:
            return
        enough = len(self.page) >= ENOUGH
        self.matches = match(self.page.text, self.page.past().h[1:], 2) if enough else []
        self._compared = (time.monotonic(), state)

    def _tracked(self, frame: Frame) -> None:
        chosen = [
            i for i, m in enumerate(self.matches) if (m.layer, m.unit) == (self.layer, self.unit)
        ]
        frame.notes["tracked"] = {
            "rows": [
                [f"{m.feature}: {m.layer + 1}·{m.unit}", m.correlation, 0, f"{m.correlation:+.2f}"]
                for m in self.matches
            ],
            "chosen": chosen[0] if chosen else None,
            "foot": "" if self.matches else f"needs {ENOUGH} characters of text",
        }


def symbol(number: int) -> str:
    """Return a character's name on the screen."""
    character = PRINTABLE.symbols[number]
    return NAMES.get(character, character)
