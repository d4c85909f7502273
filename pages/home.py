"""The gallery: a picture, a question and a link for every lab."""

import streamlit as st

from labs import lectures
from labs.lectures import Stop
from labs.lectures.terms import terms
from pages.catalogue import SECTIONS
from pages.ui import gallery, lesson
from pages.ui.lecture import link

COLUMNS = 3


@st.cache_data
def index() -> dict[str, Stop]:
    """Return all that can be searched for: labs, terms and the stops of the lectures."""
    labs = {f"{e.title}: {e.question}": Stop(e.name) for row in SECTIONS.values() for e in row}
    known = {f"{term.name}: {term.meaning}": term.stop for term in terms()}
    stops = (stop for name in lectures.names() for stop in lectures.load(name).stops)
    return labs | known | {f"{stop.title} ({stop.topic})": stop for stop in stops}


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
found = st.selectbox(
    "search", list(index()), index=None, placeholder="Search: a lab, a topic, a term",
    label_visibility="collapsed",
)  # fmt: skip
if found:
    st.switch_page(**link(index()[found]))
waiting = []
for section, entries in SECTIONS.items():
    st.subheader(section, anchor=False)
    for row in range(0, len(entries), COLUMNS):
        for column, entry in zip(st.columns(COLUMNS), entries[row : row + COLUMNS], strict=False):
            with column, st.container(border=True, height="stretch", key=f"card-{entry.title}"):
                waiting.append((st.container(key=f"picture-{entry.title}"), entry))
                st.page_link(f"{entry.place}.py", label=f"**{entry.title}**")
                st.markdown(f"{entry.question} {entry.about}")
for box, entry in waiting:  # the words are there before the pictures are made
    picture = gallery.cover(entry, lesson.theme())
    box.image(gallery.framed(picture), width="stretch", alt=entry.alt or entry.title)
