"""The address of the page that is open."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st


def here(query: Mapping[str, object]) -> str:
    """Return the address of the page that is open, with this query instead of its own."""
    return urlsplit(st.context.url or "")._replace(query=urlencode(query), fragment="").geturl()
