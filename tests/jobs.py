"""What the tests let workers do."""

import os
import time


def square(x: float) -> float:
    """Return x squared."""
    return x * x


def slowly(k: int) -> tuple[int, int, int]:
    """Take a tenth of a second; return k, the process and how far it stands back."""
    time.sleep(0.1)
    return k, os.getpid(), os.nice(0)
