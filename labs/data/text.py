"""Texts as lists of symbols: vocabularies, and the corpora that need no network.

The standard library's own source and its manual lie on every machine that runs this lab.  Tiny
Shakespeare (Karpathy's excerpt of the plays) is an optional download of 1.1 MB.
"""

import pydoc_data.topics
import random
import sys
import sysconfig
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from labs.data import download
from labs.files import matches

UNKNOWN = "\ufffd"  # stands for every character outside a vocabulary
ASCII = "\n" + "".join(map(chr, range(32, 127)))
APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ′", "'"))
UNSEEN = ("Cc", "Cf")  # categories of Unicode: control and format characters
HELD_OUT = 0.1  # the last share of a text, which no training sees
LARGEST = 2_000_000  # characters of a text that a visitor brings
MAX_BYTES = 4 * LARGEST  # of its file
SMALLEST = 200
SYMBOLS = 200  # most characters of a vocabulary made from a text
_SHAKESPEARE = (
    "https://raw.githubusercontent.com/karpathy/char-rnn/"
    "6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/data/tinyshakespeare/input.txt"
)
_SHAKESPEARE_SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
_SHAKESPEARE_SIZE = 1_115_394


@dataclass(frozen=True)
class Vocabulary:
    """The characters a model knows; the last symbol stands for all others."""

    characters: str

    def __len__(self) -> int:
        return len(self.characters) + 1

    @cached_property
    def symbols(self) -> str:
        """Every symbol in the order of its number, the unknown one last."""
        return self.characters + UNKNOWN

    @cached_property
    def _table(self) -> np.ndarray:
        table = np.full(sys.maxunicode + 1, len(self.characters), np.int16)
        table[[ord(c) for c in self.characters]] = np.arange(len(self.characters))
        return table

    def encode(self, text: str) -> Tensor:
        """Return text as numbers (length,), int64; a lone surrogate counts as unknown."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return torch.from_numpy(self._table[points].astype(np.int64))

    def decode(self, numbers: Tensor) -> str:
        """Return the text of numbers (length,)."""
        return "".join(self.symbols[i] for i in numbers.tolist())

    def unknown(self, text: str) -> list[str]:
        """Return the characters of text that this vocabulary lacks, in order of appearance."""
        return list(dict.fromkeys(c for c in text if c not in self.characters))


def plain(text: str) -> str:
    """Return text as keyboards without typography write it: accents and letters as one character
    (NFC), a straight apostrophe, and no characters that cannot be seen but line breaks and tabs.
    """
    straight = unicodedata.normalize("NFC", text).translate(APOSTROPHES)
    return "".join(c for c in straight if c in "\n\t" or unicodedata.category(c) not in UNSEEN)


PRINTABLE = Vocabulary(ASCII)  # what the zoo's nets read and write


@dataclass(frozen=True)
class Corpus:
    """A text with its name and where it comes from; the last tenth is held out."""

    name: str
    text: str
    source: str

    @cached_property
    def parts(self) -> tuple[str, str]:
        """The text to train on, and the text held out."""
        cut = len(self.text) - round(HELD_OUT * len(self.text))
        return self.text[:cut], self.text[cut:]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The commonest characters of the training part, at most SYMBOLS of them."""
        common = Counter(self.parts[0]).most_common(SYMBOLS)
        return Vocabulary("".join(sorted(c for c, _ in common if c != UNKNOWN)))


def brought(text: str, name: str = "your text") -> Corpus:
    """Return a visitor's text as a corpus.  Raises ValueError when it is too short or too long."""
    if len(text) > LARGEST:
        raise ValueError(f"The text has {len(text):,} characters; the limit is {LARGEST:,}.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", UNKNOWN).strip()
    if len(text) < SMALLEST:
        raise ValueError(
            f"The text has {len(text):,} characters; a model needs {SMALLEST} or more."
        )
    return Corpus(name, text, "brought by you")


def read(data: bytes, name: str) -> Corpus:
    """Return an uploaded file as a corpus.  Raises ValueError in one sentence."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"The file has {len(data):,} bytes; the limit is {MAX_BYTES:,}.")
    try:
        return brought(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        raise ValueError("The file is not UTF-8 text; save it as UTF-8 and try again.") from None


@cache
def python_source(largest: int = 1_300_000) -> Corpus:
    """Return the standard library's modules in a fixed random order, as many as fit `largest`."""
    folder = Path(sysconfig.get_path("stdlib"))
    files = sorted(folder.glob("*.py")) + sorted(
        file
        for package in ("asyncio", "collections", "email", "http", "json", "logging", "urllib")
        for file in (folder / package).glob("*.py")
    )
    random.Random(5).shuffle(files)  # so that the last tenth is like the rest
    texts, size = [], 0
    for file in files:
        text = file.read_text("utf-8", "replace").expandtabs(4)
        if size + len(text) <= largest:
            texts.append(text)
            size += len(text)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Corpus("Python source", "\n".join(texts), f"the standard library of Python {version}")


@cache
def python_manual() -> Corpus:
    """Return the language reference as `help()` shows it."""
    texts = [pydoc_data.topics.topics[name] for name in sorted(pydoc_data.topics.topics)]
    return Corpus("Python manual", "\n\n".join(texts), "the texts of Python's own help()")


def shakespeare_here() -> bool:
    """Whether Tiny Shakespeare has been downloaded, undamaged."""
    return matches(download.path("text", "tinyshakespeare.txt"), _SHAKESPEARE_SHA256)


def fetch_shakespeare() -> Iterator[download.Progress]:
    """Download Tiny Shakespeare (1.1 MB), telling how far it is; ValueError when it fails."""
    target = download.path("text", "tinyshakespeare.txt")
    yield from download.fetch(_SHAKESPEARE, _SHAKESPEARE_SHA256, _SHAKESPEARE_SIZE, target)


@cache
def shakespeare(file: Path | None = None) -> Corpus:
    """Return Tiny Shakespeare, from the download or `file`.  ValueError if it is not here."""
    file = file or download.path("text", "tinyshakespeare.txt")
    if not matches(file, _SHAKESPEARE_SHA256):
        raise ValueError("Shakespeare's text is not here yet; download it first.")
    return Corpus("Shakespeare", file.read_text("utf-8"), "Tiny Shakespeare (Karpathy, 2015)")
