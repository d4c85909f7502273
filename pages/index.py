"""The frame around every page: title, sections, presenter switch."""

import streamlit as st

from pages.ui import frame

SECTIONS = {
    "": [st.Page("home.py", title="Glassbox", url_path="home", default=True)],
    "Vision": [
        st.Page("vision/convolution.py", title="Convolution", url_path="convolution"),
        st.Page("vision/architectures.py", title="Architectures", url_path="architectures"),
        st.Page("vision/digit.py", title="Digit", url_path="digit"),
        st.Page("vision/dream.py", title="Dream", url_path="dream"),
    ],
}

frame.configure()
page = st.navigation(SECTIONS)
frame.presenter_switch()
page.run()
