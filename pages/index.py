"""The frame around every page: title, sections, presenter switch."""

import streamlit as st

from pages.ui import frame

SECTIONS = {
    "": [st.Page("home.py", title="Glassbox", url_path="home", default=True)],
    "Vision": [
        st.Page("vision/digit.py", title="Digit", url_path="digit"),
        st.Page("vision/dream.py", title="Dream", url_path="dream"),
    ],
    "Sequences": [
        st.Page("sequences/language.py", title="Language", url_path="language"),
        st.Page("sequences/names.py", title="Names", url_path="names"),
    ],
}

frame.configure()
page = st.navigation(SECTIONS)
frame.presenter_switch()
page.run()
