"""A lecture is a list of stops; a stop is a link into a lab's state, and what to say there.

As a file it is TOML:

    title = "Deep learning"
    about = "Helsinki 582744, lecture 11"

    [[stop]]
    topic = "vanishing gradients"
    open = "depth?depth.preset=sigmoid"
    title = "Why deep was hard"
    caption = "Ten sigmoid layers leave a few millionths of the gradient."
    first = "Press play and watch the first layer."
    ask = "Which layer learns first?"
"""

import json
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from labs import urlsafe

HERE = Path(__file__).parent
MOST = 200  # stops of a lecture
LONGEST = 4000  # characters of one text
LARGEST = 400_000  # characters of a whole lecture


@dataclass(frozen=True)
class Stop:
    """One place of a lecture.  `open` is a page with its settings, as the Share button gives it."""

    open: str
    title: str = ""
    caption: str = ""  # one or two sentences for everybody
    first: str = ""  # what to do first
    ask: str = ""  # a question to the class before the answer is on the screen
    topic: str = ""  # of the deck

    @property
    def page(self) -> str:
        """The page's name in an address: "depth"."""
        return urlsplit(self.open).path.strip("/").rsplit("/", 1)[-1]

    @property
    def settings(self) -> dict[str, str]:
        """What the address says: {"depth.preset": "sigmoid"}."""
        return dict(parse_qsl(urlsplit(self.open).query))


@dataclass(frozen=True)
class Lecture:
    """Stops in their order."""

    title: str
    stops: tuple[Stop, ...] = ()
    about: str = ""

    def with_stop(self, stop: Stop) -> "Lecture":
        """Return the lecture with one more stop at its end.  Raises ValueError at `MOST`."""
        if len(self.stops) >= MOST:
            raise ValueError(f"A lecture has at most {MOST} stops.")
        return replace(self, stops=(*self.stops, stop))


def names() -> list[str]:
    """Return the names of the lectures that are here from the beginning."""
    return sorted(file.stem for file in HERE.glob("*.toml"))


@cache
def load(name: str) -> Lecture:
    """Return a lecture of `names()`.  Raises ValueError for another."""
    if name not in names():
        raise ValueError(f"There is no lecture {name[:40]!r}.")
    return parse((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Lecture:
    """Return the lecture of a TOML text.  Raises ValueError in one sentence."""
    if len(text) > LARGEST:
        raise ValueError(f"A lecture has at most {LARGEST:,} characters, this has {len(text):,}.")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise ValueError(f"This is no TOML file: {str(fault)[:200]}.") from None
    listed = data.get("stop", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ValueError("The stops of a lecture are tables, each headed [[stop]].")
    if len(listed) > MOST:
        raise ValueError(f"A lecture has at most {MOST} stops, this has {len(listed)}.")
    stops = tuple(Stop(**_texts(one, Stop, f"stop {i}")) for i, one in enumerate(listed, 1))
    return Lecture(stops=stops, **_texts(data, Lecture, "the lecture"))


def dump(lecture: Lecture) -> str:
    """Return the TOML text that `parse` reads."""

    def lines(values: Mapping[str, str]) -> str:
        return "".join(f"{k} = {_string(v)}\n" for k, v in values.items())

    head = lines({"title": lecture.title, "about": lecture.about})
    stops = [
        lines({f.name: value for f in fields(Stop) if (value := getattr(stop, f.name))})
        for stop in lecture.stops
    ]
    return "\n[[stop]]\n".join([head, *stops])


def pack(lecture: Lecture) -> str:
    """Return a lecture as text that a link can hold."""
    return urlsafe.to_text(zlib.compress(dump(lecture).encode(), 9))


def unpack(text: str) -> Lecture:
    """Return the lecture of a link.  Raises ValueError in one sentence."""
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(urlsafe.from_text(text[:LARGEST]), 4 * LARGEST)
        if not inflate.eof:
            raise ValueError
        return parse(data.decode())
    except (ValueError, zlib.error):
        raise ValueError("The lecture in the link is damaged.") from None


def address(stop: Stop, **more: str) -> str:
    """Return the stop's page with its settings and `more`."""
    return f"{stop.page}?{urlencode(stop.settings | more)}"


def _texts(table: Mapping[str, object], kind: type, where: str) -> dict[str, str]:
    """The fields of `kind` that a table has, as texts.  Raises ValueError."""
    known = [f.name for f in fields(kind) if f.name != "stops"]
    needed = known[0]
    unknown = [k for k in table if k not in (*known, "stop" if kind is Lecture else "")]
    if unknown:
        raise ValueError(f"In {where} nobody knows {unknown[0][:40]!r}; there are {known}.")
    if not str(table.get(needed, "")).strip():
        raise ValueError(f"In {where} there is no {needed}.")
    for name, value in table.items():
        if name != "stop" and not (isinstance(value, str) and len(value) <= LONGEST):
            raise ValueError(f"In {where} {name} is a text of at most {LONGEST:,} characters.")
    return {name: str(table[name]) for name in known if name in table}


def _string(text: str) -> str:
    """A TOML string: JSON's, but for one sign that only TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
