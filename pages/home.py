"""The gallery: a picture, a question and a link for every lab."""

import streamlit as st

st.title("Glassbox", anchor=False)
st.markdown(":gray[Open a network and watch it work.]")
st.page_link("vision/digit.py", label="Digit")
