"""The frame around every page: title, sections, presenter switch."""

import streamlit as st

from pages.catalogue import SECTIONS
from pages.ui import frame

HOME = st.Page("home.py", title="Glassbox", url_path="home", default=True)

frame.configure()
pages = {
    section: [st.Page(f"{e.place}.py", title=e.title, url_path=e.name) for e in entries]
    for section, entries in SECTIONS.items()
}
page = st.navigation({"": [HOME], **pages}, expanded=True)
frame.presenter_switch()
page.run()
