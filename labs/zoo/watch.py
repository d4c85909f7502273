"""Watching a download that somebody else makes: how far it is, that it stands still, why it failed.

`torch.hub` says nothing while it downloads, so it works in a thread of its own, and the file that
grows on the disk is looked at now and then.
"""

import contextlib
import http.client
import threading
import time
import urllib.error
from collections.abc import Callable, Iterator, Set
from pathlib import Path

from labs.data.download import Progress

POLL = 0.2  # seconds between two looks
PATIENCE = 20.0  # seconds without a new byte after which the network counts as absent


def watch(work: Callable[[], object], file: Path, size: int) -> Iterator[Progress]:
    """Let `work` download `file`, of about `size` bytes, reporting now and then.

    Raises ValueError in one sentence when it fails, or stands still for `PATIENCE` seconds.
    """
    faults: list[Exception] = []
    old = set(file.parent.glob(f"{file.name}*"))  # what an attempt that was broken off has left

    def attempt() -> None:
        try:
            work()
        except Exception as fault:  # told below, in the caller's thread
            faults.append(fault)

    worker = threading.Thread(target=attempt, daemon=True, name=f"fetch-{file.name}")
    worker.start()
    done, since = 0, time.monotonic()
    while worker.is_alive():
        worker.join(POLL)
        here = arrived(file, old)
        if here > done:
            done, since = here, time.monotonic()
        elif time.monotonic() - since > PATIENCE and done < size:
            faults.append(TimeoutError())
            break
        yield Progress(file.name, min(done, size), size)
    if faults:
        raise ValueError(sentence(file.name, faults[0])) from None
    yield Progress(file.name, size, size)


def arrived(file: Path, old: Set[Path] = frozenset()) -> int:
    """Return how many bytes of `file` are here; torch writes to `<file>.<random>.partial` first.
    The files that were there before, `old`, do not count.
    """
    sizes = [0]
    for part in set(file.parent.glob(f"{file.name}*")) - old:
        with contextlib.suppress(OSError):  # it got its name in this moment
            sizes.append(part.stat().st_size)
    return max(sizes)


def sentence(name: str, fault: Exception) -> str:
    """Return in a sentence why the file `name` did not come."""
    if isinstance(fault, RuntimeError):
        return f"{name} arrived damaged (wrong checksum); try again."
    if isinstance(fault, urllib.error.HTTPError):
        return f"{name} could not be downloaded: the server answers {fault.code}."
    if isinstance(fault, OSError | http.client.HTTPException):  # URLError is an OSError
        return f"{name} could not be downloaded: this machine has no way to the network."
    return f"{name} could not be read as a file of weights."
