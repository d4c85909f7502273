"""The front door: a pad whose network answers, a search, and a picture of every lab."""

from urllib.parse import urlencode

import streamlit as st

from labs import lectures
from labs.lectures import Stop
from labs.lectures.terms import terms
from labs.vision.digit import Digit
from pages.catalogue import SECTIONS
from pages.ui import gallery, lesson
from pages.ui.cards.digit.layers import FRONT
from pages.ui.stage import stage, use
from pages.ui.stops import link

COLUMNS = 3


@st.cache_data
def index() -> dict[str, Stop]:
    """Return all that can be searched for: labs, terms and the stops of the lectures."""
    labs = {f"{e.title}: {e.question}": Stop(e.name) for row in SECTIONS.values() for e in row}
    known = {f"{term.name}: {term.meaning}": term.stop for term in terms()}
    stops = (stop for name in lectures.names() for stop in lectures.load(name).stops)
    return labs | known | {f"{stop.title} ({stop.topic})": stop for stop in stops}


@st.fragment
def draw() -> None:
    """Show a pad, two layers and the answer of the network that reads digits."""
    session = use("front", Digit)
    stage(session, "front", [FRONT])
    with session.lock:
        session.experiment.rest()
        said = session.experiment.address()
    whole = link(Stop("digit?" + urlencode({f"digit.{k}": v for k, v in said.items()})))
    st.page_link(**whole, label="All layers of this network, and its gradients",
                 icon=":material/arrow_forward:")  # fmt: skip


st.title("Glassbox", anchor=False)
st.markdown(
    ":gray[Open a network and watch it work. Everything on the screen is a tensor of a real "
    "PyTorch model, and it moves while you move: draw a digit. In all pictures blue is positive "
    "and orange negative; gradients are purple and green.]"
)
draw()
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
                badge = " :blue-badge[new]" if entry.new else ""
                st.page_link(f"{entry.place}.py", label=f"**{entry.title}**{badge}")
                st.markdown(f"{entry.question} {entry.about}")
for box, entry in waiting:  # the words are there before the pictures are made
    picture = gallery.cover(entry, lesson.theme())
    box.image(gallery.framed(picture), width="stretch", alt=entry.alt or entry.title)
