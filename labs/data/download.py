"""Optional downloads: pinned address, known size, checked before a file gets its name."""

import contextlib
import hashlib
import http.client
import os
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from labs import files

BLOCK = 1 << 18  # bytes between two reports
TIMEOUT = 15.0  # seconds without an answer
POLL = 0.2  # seconds between two looks at a download of somebody else's
AGENT = {"User-Agent": "glassbox"}
_locks: dict[Path, threading.Lock] = {}


@dataclass(frozen=True)
class Progress:
    """How many of a file's bytes are here."""

    name: str
    done: int
    total: int


def path(*parts: str) -> Path:
    """Return where a download is kept: below GLASSBOX_CACHE, or the user's cache folder."""
    root = os.environ.get("GLASSBOX_CACHE") or Path.home() / ".cache" / "glassbox"
    return Path(root).joinpath(*parts)


def fetch(url: str, sha256: str, size: int, target: Path) -> Iterator[Progress]:
    """Download url to target unless the right file is there, reporting every block.

    sha256: the checksum or its first digits; size: of the file, in bytes, about.  Who comes while
    another visitor downloads the same file waits for it.  Raises ValueError in one sentence when
    the network does not answer or the checksum is wrong; then nothing is left behind.
    """
    lock = _locks.setdefault(target, threading.Lock())
    while not lock.acquire(timeout=POLL):
        yield Progress(target.name, min(_arrived(target), size - 1), size)
    try:
        if not files.matches(target, sha256):
            yield from _read(url, sha256, size, target)
    except urllib.error.HTTPError as fault:
        raise ValueError(
            f"{target.name} could not be downloaded: the server answers {fault.code}."
        ) from None
    except (OSError, http.client.HTTPException):
        raise ValueError(
            f"{target.name} could not be downloaded: this machine has no way to the network."
        ) from None
    finally:
        lock.release()
    yield Progress(target.name, size, size)


def _read(url: str, sha256: str, size: int, target: Path) -> Iterator[Progress]:
    digest, done = hashlib.sha256(), 0
    request = urllib.request.Request(url, headers=AGENT)
    with files.writing(target) as file:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as source:
            while block := source.read(BLOCK):
                done += len(block)
                if done > 2 * size:
                    break
                digest.update(block)
                file.write(block)
                if done < size:
                    yield Progress(target.name, done, size)
        if not digest.hexdigest().startswith(sha256):
            raise ValueError(f"{target.name} arrived damaged (wrong checksum); try again.")


def _arrived(target: Path) -> int:
    """Return how many bytes of a download are here."""
    sizes = [0]
    for part in files.parts(target):
        with contextlib.suppress(OSError):  # it got its name in this moment
            sizes.append(part.stat().st_size)
    return max(sizes)
