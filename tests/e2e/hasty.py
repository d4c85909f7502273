"""The same app, whose experiments are let go a second after their browser left."""

from app import app
from labs.live import channel

channel.GONE = 1.0

__all__ = ["app"]
