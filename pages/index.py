"""The frame around every page: title, sections, presenter switch."""

import streamlit as st

from pages.ui import frame

SECTIONS = {
    "": [st.Page("home.py", title="Glassbox", url_path="home", default=True)],
    "Basics": [
        st.Page("basics/neuron.py", title="Neuron", url_path="neuron"),
        st.Page("basics/playground.py", title="Playground", url_path="playground"),
        st.Page("basics/approximation.py", title="Approximation", url_path="approximation"),
    ],
    "Vision": [
        st.Page("vision/digit.py", title="Digit", url_path="digit"),
        st.Page("vision/dream.py", title="Dream", url_path="dream"),
    ],
}

frame.configure()
page = st.navigation(SECTIONS)
frame.presenter_switch()
page.run()
