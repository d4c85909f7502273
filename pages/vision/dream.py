"""What does a network want to see?  Deep Dream with the knobs under your hand."""

from functools import partial

import streamlit as st
from torch import Tensor

from labs.live import Session
from labs.vision.dream import Dream, Neurons, Pair, formulas
from labs.vision.dream.ascent import ascend, climb
from labs.vision.dream.export import gif, png, webp
from labs.vision.dream.film import mp4
from labs.vision.dream.nets import FAMOUS_LAYERS, implied, nets, title
from labs.vision.dream.objective import layer
from labs.vision.dream.recipe import MOST
from labs.zoo import famous
from pages.ui import lesson
from pages.ui.cards import dream as cards
from pages.ui.cards.dream import dreamers
from pages.ui.downloads import offer
from pages.ui.page import page
from pages.ui.pictures import brought
from pages.ui.stage import stage, use

FIRST = "dream:first"  # where the net of the address that was opened is kept
MINE = "dream:mine"  # where a visitor's own pictures are kept while the page is open


def bring_picture(session: Session) -> None:
    """Start from the visitor's own photograph, and let the neurons look at it too."""
    with st.popover("Your photograph"):
        picture = brought("dream", "A photograph")
        if picture is None:
            return
        bring(session, [picture])
        st.session_state.setdefault(MINE, []).append(picture)
        others: Session | None = st.session_state.get("neurons:session")
        if others is not None and not others.released:
            bring(others, [picture])
        height, width = picture.shape[-2:]
        st.caption(f"{width} × {height} pixels; the dream works on a smaller copy.")


def bring(session: Session, pictures: list[Tensor]) -> None:
    """Give an experiment these pictures."""
    with session.changing() as lab:
        for picture in pictures:
            lab.bring(picture)


def pick_net() -> str:
    """Return the visitor's choice of a net; the famous ones can be fetched."""
    with st.container(horizontal=True, vertical_alignment="center"):
        here = nets()
        said = {key.rpartition(".")[2]: value for key, value in st.query_params.items()}
        first = here.index(st.session_state.setdefault(FIRST, implied(said)))
        net = st.selectbox(
            "Net", here, first, format_func=title, key="dream.net", bind="query-params", width=320,
            label_visibility="collapsed",
        )  # fmt: skip
        with st.popover("More nets"):
            for name in (name for name in FAMOUS_LAYERS if name not in here):
                entry = famous.entry(name)
                label = f"Download {entry.title}, {entry.year}"
                if offer(label, entry.size, partial(famous.fetch, name), f"dream:{name}"):
                    st.rerun()
    return net


def keep(lab: Dream) -> lesson.Draw:
    """The dream to take away: a film takes seconds, and is made of values, without the lock."""
    images, recipe = [image for _, image in lab.past.moments], lab.recipe()
    settings, again, mine = recipe.notes(), lab.script(), lab.settings["start"] == "yours"
    shown = lab.past.bytes

    def draw() -> None:
        with st.container(horizontal=True):
            lesson.download("PNG", partial(png, shown, settings), "dream.png")
            lesson.download("Film (MP4)", partial(mp4, images, settings), "dream.mp4")
            lesson.download("Film (GIF)", partial(gif, images, settings), "dream.gif")
            lesson.download("Film (WebP)", partial(webp, images, settings), "dream.webp")
        if mine:
            st.caption("The script has not your picture: it begins from the cat instead.")
        if not recipe.complete:
            st.caption(f"The script knows the first {MOST} changes on the way, and no more.")
        lesson.code([ascend, climb, layer], lambda: again, "dream_again.py")

    return draw


@st.fragment
def pair() -> None:
    """One class by every net of ours."""
    session = use("pair", Pair)
    stage(session, "pair", [dreamers.pair(session.experiment)])


@st.fragment
def neurons() -> None:
    """All channels of a layer of the net chosen above."""
    net = st.session_state.get("dream.net", nets()[0])
    session = use("neurons", partial(Neurons, net), variant=net)
    if session.version == 1:
        bring(session, st.session_state.get(MINE, []))
    stage(session, "neurons", [dreamers.neurons(session.experiment)])


page(
    Dream,
    cards.cards,
    maths=lambda lab: formulas.blocks(lab.scene),
    tabs={"Keep it, and the code": keep},
    sources=cards.SOURCES,
    opening=40,
    variant=pick_net,  # drawn above the stage
    head=bring_picture,
)
pair()
neurons()
