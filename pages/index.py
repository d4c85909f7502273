"""The frame around every page: title, sections, presenter switch."""

import streamlit as st

from pages.ui import frame

SECTIONS = {
    "": [st.Page("home.py", title="Glassbox", url_path="home", default=True)],
    "Basics": [
        st.Page("basics/neuron.py", title="Neuron", url_path="neuron"),
        st.Page("basics/playground.py", title="Playground", url_path="playground"),
        st.Page("basics/approximation.py", title="Approximation", url_path="approximation"),
        st.Page("basics/autodiff.py", title="Autodiff", url_path="autodiff"),
        st.Page("basics/backprop.py", title="Backprop", url_path="backprop"),
        st.Page("basics/optimizers.py", title="Optimizers", url_path="optimizers"),
        st.Page("basics/depth.py", title="Depth", url_path="depth"),
    ],
    "Vision": [
        st.Page("vision/convolution.py", title="Convolution", url_path="convolution"),
        st.Page("vision/architectures.py", title="Architectures", url_path="architectures"),
        st.Page("vision/digit.py", title="Digit", url_path="digit"),
        st.Page("vision/dream.py", title="Dream", url_path="dream"),
        st.Page("vision/adversarial.py", title="Fool it", url_path="adversarial"),
    ],
    "Sequences": [
        st.Page("sequences/language.py", title="Language", url_path="language"),
        st.Page("sequences/names.py", title="Names", url_path="names"),
    ],
}

frame.configure()
page = st.navigation(SECTIONS, expanded=True)
frame.presenter_switch()
page.run()
