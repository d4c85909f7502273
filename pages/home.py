"""The gallery: a picture, a question and a link for every lab."""

import streamlit as st

from pages.catalogue import SECTIONS
from pages.ui import gallery, lesson

COLUMNS = 3

st.title("Glassbox", anchor=False)
st.markdown(
    ":gray[Open a network and watch it work. Everything on the screen is a tensor of a real "
    "PyTorch model, and it moves while you move. In all pictures blue is positive and orange "
    "negative; gradients are purple and green.]"
)
st.page_link(
    "vision/digit.py",
    label=":primary[New here? Begin by drawing a digit.]",
    icon=":material/draw:",
)
waiting = []
for section, entries in SECTIONS.items():
    st.subheader(section, anchor=False)
    for row in range(0, len(entries), COLUMNS):
        for column, entry in zip(st.columns(COLUMNS), entries[row : row + COLUMNS], strict=False):
            with column, st.container(border=True, height="stretch", key=f"card-{entry.title}"):
                waiting.append((st.container(key=f"picture-{entry.title}"), entry))
                st.page_link(f"{entry.place}.py", label=f"**{entry.title}**")
                st.markdown(f"{entry.question} {entry.about}")
for place, entry in waiting:  # the words are there before the pictures are made
    picture = gallery.cover(entry, lesson.theme())
    place.image(gallery.framed(picture), width="stretch", alt=entry.alt or entry.title)
