"""Files that are written whole or not at all, and are known by their checksum."""

import contextlib
import hashlib
import secrets
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

STALE = 3600.0  # seconds without a new byte after which the writer of a part is taken for dead


@contextlib.contextmanager
def writing(target: Path) -> Iterator[BinaryIO]:
    """Open a file that gets the name `target` when the block has ended well; else nothing stays.

    Several may write one target: each has a file of its own, and the last one's stays.  Raises
    OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in parts(target):  # by a process that was killed
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                left.unlink()
    part = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def parts(target: Path) -> list[Path]:
    """Return the files of those who are writing `target`."""
    return list(target.parent.glob(f"{target.name}.*.part"))


def bound(folder: Path, most: int) -> None:
    """Remove the oldest files of a folder until it holds at most `most` bytes.  Raises OSError."""
    files = [(file.stat().st_mtime, file.stat().st_size, file) for file in folder.iterdir()]
    room = most
    for _, size, file in sorted(files, reverse=True):
        room -= size
        if room < 0:
            file.unlink(missing_ok=True)


def matches(file: Path, sha256: str) -> bool:
    """Whether `file` is there and its checksum begins with `sha256`.

    Each version of a file is read once.
    """
    try:
        now = file.stat()
        return _digest(file, now.st_mtime_ns, now.st_size).startswith(sha256)
    except OSError:
        return False


@lru_cache(256)
def _digest(file: Path, _mtime: int, _size: int) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
