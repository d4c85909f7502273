"""Streamlit's command line, whose process on SIGUSR1 gives free memory back to the system.

What a C library keeps for later looks like a leak from outside; after this, what is left is used.
"""

import ctypes
import gc
import signal

from streamlit.web import cli


def give_back(*_: object) -> None:
    """Collect garbage and return free pages."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, give_back)
    cli.main(prog_name="streamlit")
