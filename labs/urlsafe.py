"""Bytes as text that an address holds as it is: base64 with - and _, and no padding."""

import base64


def to_text(data: bytes) -> str:
    """Return data as URL-safe text."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Return the bytes that `to_text` wrote.  Raises ValueError for what is no base64."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
