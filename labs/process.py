"""Rules for the whole process, measured to matter more than any code on the way.

One OpenMP thread: with two, a small net's call waits on its own helper as soon as another thread
is busy.  A short switch interval: every operator gives the interpreter away and must get it back.
Memory that the C library may keep for the next frame, instead of fetching it from the system anew.
Garbage collected now and then: every thread waits meanwhile, and a page runs whenever a hand rests.
"""

import asyncio
import contextlib
import ctypes
import gc
import os
import sys
from collections.abc import Callable

SWITCH_INTERVAL = 5e-4  # seconds
ROUND = 20.0  # seconds between two rounds of the garbage collector
MALLOC = {-1: 64 << 20, -3: 16 << 20}  # glibc's M_TRIM_THRESHOLD and M_MMAP_THRESHOLD, bytes


def prepare() -> None:
    """Set what must be set before torch is imported; threads that start later inherit it."""
    assert "torch" not in sys.modules, "the OpenMP threads are counted when torch is imported"
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.setswitchinterval(SWITCH_INTERVAL)
    with contextlib.suppress(OSError, AttributeError):  # another C library
        for parameter, size in MALLOC.items():
            ctypes.CDLL("libc.so.6").mallopt(parameter, size)


def settle() -> None:
    """Once start-up is over, take what it made out of the garbage collector's rounds."""
    gc.collect()
    gc.freeze()


async def tidy(let_go: Callable[[], object] = lambda: None) -> None:
    """Let go of what is over and collect what visitors left behind, for ever."""
    while True:
        await asyncio.sleep(ROUND)
        let_go()
        gc.collect()
