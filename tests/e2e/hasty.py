"""The same app, which forgets a second after a browser left what it would keep for minutes."""

from streamlit import config

from app import app
from labs import process
from labs.live import channel

channel.GONE = process.ROUND = 1.0
config.set_option("server.disconnectedSessionTTL", 1)

__all__ = ["app"]
