"""Streamlit's sessions: those whose browser left for good are forgotten in time.

Streamlit keeps a session for `server.disconnectedSessionTTL` seconds after its browser left, and
then until another browser leaves: after a class, for ever.  Each holds three file descriptors.
"""

from streamlit import runtime


def forget_ended() -> None:
    """Forget the sessions whose time is over.  For the event loop's thread."""
    len(runtime.get_instance()._session_mgr._session_storage._cache)  # counts what is left
