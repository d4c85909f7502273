"""The names experiment: a name under the hand, three readers, and a writer."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs import zoo
from labs.data.names import LANGUAGES, LONGEST, encode
from labs.live import Frame
from labs.live.challenges import met
from labs.live.checks import number, option, rounded, shown, whole
from labs.models.names import NameReader
from labs.sequences.names import view
from labs.sequences.names.challenges import CHALLENGES
from labs.sequences.names.reading import (
    METHODS,
    after_each,
    believed,
    states,
    write,
)

READERS = {
    "both": "names-bigru",
    "forwards": "names-forwards",
    "backwards": "names-backwards",
}
WRITER = "names-writer"
FIRST = "Fitzgerald"
WRITTEN = 12  # names a throw


def readers() -> dict[str, NameReader]:
    """Return the readers whose weights are in the zoo."""
    return {key: zoo.load(name) for key, name in READERS.items() if name in zoo.manifest()}


class Names:
    """A typed name, read by up to three nets after every letter; a step writes new names."""

    def __init__(self) -> None:
        self.readers = readers()
        self.settings: dict[str, str | float] = {
            "method": METHODS[0], "language": "Italian", "heat": 0.8, "throw": 1,
        }  # fmt: skip
        self.name = FIRST
        self.selected: int | None = None
        self.steps = 0
        self.written: list[str] = []
        self.believed: list[float] = []  # how sure the reader is that each is of the language
        self.met: set[str] = set()
        self.step()
        self.steps = 0

    def receive(self, event: Mapping) -> None:
        """Take in typing, a click or a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if event.get("kind") in ("type", "link"):
            self._type(value)
        elif event.get("kind") == "click":
            self._click(event)
        elif name == "method":
            self.settings["method"] = option(value, METHODS, "The method")
        elif name == "language":
            self.settings["language"] = option(value, LANGUAGES, "The language")
            self.step()
        elif name == "heat":
            self.settings["heat"] = number(value, 0.1, 2.0, "The temperature")
            self.step()
        elif name == "throw":
            self.settings["throw"] = rounded(value, 0, 999, "The seed")
            self.step()
        elif name == "again":
            self.settings["throw"] = (int(self.settings["throw"]) + 1) % 1000
            self.step()
        elif name != "visible":
            raise ValueError(f"The names lab has no setting {shown(name)}.")

    def _type(self, value: object) -> None:
        if not isinstance(value, str):
            raise ValueError("A name is text.")
        line = " ".join(value.split())
        if len(line) > LONGEST:
            raise ValueError(f"The name has {len(line)} letters; the limit is {LONGEST}.")
        self.name, self.selected = line, None

    def _click(self, event: Mapping) -> None:
        panel = event.get("panel")
        if panel == "letters":
            at = whole(event.get("index"), -1, LONGEST, "A letter")
            self.selected = at if 0 <= at < len(self.name) else None
        elif panel == "moving":
            at = self.first + whole(event.get("unit"), 0, view.COLUMNS - 1, "A letter")
            self.selected = min(at, len(self.name) - 1)
        elif panel == "written":
            index = whole(event.get("unit"), 0, WRITTEN - 1, "A name")
            self._type(self.written[index] if index < len(self.written) else self.name)
        else:
            raise ValueError("There is nothing to click there.")

    def step(self) -> bool:
        """Write new names of the chosen language."""
        if WRITER not in zoo.manifest():
            return False
        generator = torch.Generator().manual_seed(int(self.settings["throw"]) + 1000 * self.steps)
        language = LANGUAGES.index(str(self.settings["language"]))
        heat = float(self.settings["heat"])
        self.written = write(zoo.load(WRITER), language, WRITTEN, heat, generator)
        self.believed = believed(self.main, self.written, language)
        self.steps += 1
        return True

    def address(self) -> dict[str, str]:
        """Return the name for a link, if it is the visitor's."""
        return {} if self.name == FIRST else {"letters": self.name}

    @property
    def read(self) -> str:
        """The letters that count: those up to and with the chosen one, or all."""
        return self.name if self.selected is None else self.name[: self.selected + 1]

    @property
    def first(self) -> int:
        """The first letter in the table of distributions."""
        return max(0, len(self.name) - view.COLUMNS)

    def moving(self) -> Tensor:
        """Return the distribution of the first reader after every letter, (T, languages)."""
        return after_each(self.main, encode(self.name))

    @property
    def main(self) -> NameReader:
        """The reader that is looked at closely."""
        return next(iter(self.readers.values()))

    def answers(self) -> dict[str, Tensor]:
        """Return what each reader says of the letters that count, (languages,) by reader."""
        with torch.no_grad():
            numbers = encode(self.read)
            return {key: model([numbers])[0].softmax(0) for key, model in self.readers.items()}

    def path(self) -> Tensor:
        """Return the states of the forward half after every letter that counts, (T, H)."""
        return states(self.main, encode(self.read))

    def frame(self) -> Frame:
        """Return the name in its colours, the readers' answers, and the written names."""
        self.met = met(CHALLENGES, self.met, self)
        return view.frame(self)
