"""Optional downloads: pinned address, known size, checked before a file gets its name."""

import contextlib
import hashlib
import http.client
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 18  # bytes between two reports
TIMEOUT = 15  # seconds without an answer


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
    """Download url to target unless it is there, reporting every block.

    Raises ValueError in one sentence when the network does not answer or the checksum is wrong;
    then nothing is left behind.
    """
    if target.exists():
        yield Progress(target.name, size, size)
        return
    partial = target.with_suffix(target.suffix + ".part")
    digest, done = hashlib.sha256(), 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(url, timeout=TIMEOUT) as source, partial.open("wb") as file:
            while block := source.read(BLOCK):
                done += len(block)
                if done > 2 * size:
                    break
                digest.update(block)
                file.write(block)
                yield Progress(target.name, done, size)
        if digest.hexdigest() != sha256:
            raise ValueError(f"{target.name} arrived damaged (wrong checksum); try again.")
        partial.replace(target)
    except (OSError, http.client.HTTPException):
        raise ValueError(
            f"{target.name} could not be downloaded: this machine has no way to the network."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
