"""The gallery: a picture, a question and a link for every lab."""

import streamlit as st

from pages.covers import COVERS
from pages.ui import lesson
from pages.ui.gallery import LABS

st.title("Glassbox", anchor=False)
st.markdown(
    ":gray[Open a network and watch it work. Everything on the screen is a tensor of a real "
    "PyTorch model, and it moves while you move.]"
)
for row in range(0, len(LABS), 2):
    for column, lab in zip(st.columns(2), LABS[row : row + 2], strict=False):
        with column, st.container(border=True):
            st.image(COVERS[lab.page](lesson.theme()), width="stretch", alt=lab.alt)
            st.page_link(lab.page, label=f"**{lab.title}**")
            st.markdown(lab.question)
