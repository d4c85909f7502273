"""The names lab: a name under the hand, three readers, and a writer."""

from collections.abc import Mapping

import torch

from labs import zoo
from labs.data.names import LANGUAGES, LONGEST
from labs.data.text import plain
from labs.live import Frame
from labs.live.checks import EMPTY, places, whole
from labs.live.controls import Value
from labs.live.lab import Lab
from labs.models.names import NameReader
from labs.sequences.names import view
from labs.sequences.names.challenges import CHALLENGES
from labs.sequences.names.controls import CONTROLS
from labs.sequences.names.export import script
from labs.sequences.names.reading import WRITER, believed, read, readers, write

FIRST = "Fitzgerald"
WRITTEN = 12  # names a throw


class Names(Lab):
    """A typed name, read by up to three nets after every letter, and new names."""

    name = "names"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("letters", "letter")
    on = {
        ("letters", "type"): "type_name",
        ("letters", "click"): "choose_letter",
        ("moving", "click"): "choose_column",
        ("written", "click"): "read_written",
    }

    def __init__(self) -> None:
        super().__init__()
        self.readers = readers()
        self.reading = read(self.readers, FIRST)
        self.written: list[str] = []
        self.believed: list[float] = []  # how sure the reader is that each is of the language
        self._write()

    @property
    def main(self) -> NameReader:
        """The reader that is looked at closely."""
        return next(iter(self.readers.values()))

    def show(self) -> Frame:
        """Return the name in its colours, the readers' answers, and the written names."""
        frame = Frame(notes={"titles": {}})
        if self.reading.text:
            view.name(frame, self.reading, self.main, self.settings["method"])
        else:
            view.nothing(frame, self.readers)
        view.written(frame, self.written, self.believed, self.settings["language"])
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Write other names where a setting is theirs."""
        if name != "method":
            self._write()

    def again(self) -> None:
        """Write the names of the next seed."""
        self.settings["throw"] = (self.settings["throw"] + 1) % 1000
        self._write()

    def type_name(self, event: Mapping) -> None:
        """Read what is typed."""
        self._read(event.get("value"))

    def choose_letter(self, event: Mapping) -> None:
        """Read no further than the letter that was clicked; a click beside them reads all."""
        self._select(whole(event.get("index"), -1, LONGEST, "A letter"))

    def choose_column(self, event: Mapping) -> None:
        """The same by the table of distributions."""
        text = self.reading.text
        at = whole(event.get("unit"), 0, view.COLUMNS - 1, "A letter")
        self._select(min(view.first_column(text) + at, len(text) - 1))

    def read_written(self, event: Mapping) -> None:
        """Read the new name that was clicked."""
        index = whole(event.get("unit"), 0, WRITTEN - 1, "A name")
        if index < len(self.written):
            self._read(self.written[index])

    def evidence(self) -> tuple:
        """Return what the readers make of the name."""
        return (self.reading,)

    def to_link(self) -> dict[str, str]:
        """Return the name, if it is the visitor's, and the letter up to which it is read."""
        text, at = self.reading.text, self.reading.selected
        return {
            "letters": "" if text == FIRST else text or EMPTY,
            "letter": "" if at is None else str(at),
        }

    def from_link(self, name: str, text: str) -> None:
        """Read the name of a link, or up to its letter."""
        if name == "letter":
            self._select(places(text, LONGEST)[0])
        else:
            self._read("" if text == EMPTY else text)

    def script(self) -> str:
        """Return the script that reads the name again."""
        return script(self.main, self.reading.text)

    def _read(self, value: object) -> None:
        if not isinstance(value, str):
            raise ValueError("A name is text.")
        line = " ".join(plain(value).split())
        if len(line) > LONGEST:
            raise ValueError(f"The name has {len(line)} letters; the limit is {LONGEST}.")
        self.reading = read(self.readers, line)

    def _select(self, at: int) -> None:
        text = self.reading.text
        self.reading = read(self.readers, text, at if 0 <= at < len(text) else None)

    def _write(self) -> None:
        """Write new names of the chosen language."""
        if WRITER not in zoo.manifest():
            return
        s = self.settings
        language = LANGUAGES.index(s["language"])
        generator = torch.Generator().manual_seed(s["throw"])
        self.written = write(zoo.load(WRITER), language, WRITTEN, s["heat"], generator)
        self.believed = believed(self.main, self.written, language)
