"""Bytes as text that an address holds as it is: base64 with - and _, and no padding."""

import base64
import re

LETTERS = re.compile(r"[A-Za-z0-9_-]*")


def to_text(data: bytes) -> str:
    """Return data as URL-safe text."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Return the bytes that `to_text` wrote.  Raises ValueError, one sentence, for other text."""
    if not LETTERS.fullmatch(text) or len(text) % 4 == 1:  # b64decode drops what it does not know
        raise ValueError("The text in the link is damaged.")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
