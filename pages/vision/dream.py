"""What does a network want to see?  Deep Dream with the knobs under your hand."""

from functools import partial

import streamlit as st
from torch import Tensor

from labs.images import fit_within
from labs.live import Session
from labs.vision.dream import Dream, Neurons, Pair
from labs.vision.dream.ascent import ascend, climb
from labs.vision.dream.challenges import CHALLENGES
from labs.vision.dream.export import gif, png, script, webp
from labs.vision.dream.film import mp4
from labs.vision.dream.formulas import blocks
from labs.vision.dream.nets import FAMOUS_LAYERS, classes, described, nets, title, widest
from labs.vision.dream.objective import layer
from labs.vision.dream.settings import usual_layer
from labs.zoo import famous
from pages.ui import lesson
from pages.ui.cards import dream as cards
from pages.ui.cards import dreamers
from pages.ui.cards.dream_controls import controls as controls_of
from pages.ui.challenges import challenges_card
from pages.ui.downloads import offer
from pages.ui.pictures import brought
from pages.ui.stage import link, stage, use

LAB = "dream"
OPENING = 32  # steps that a new dream takes by itself
MINE = "dream:mine"  # where a visitor's own pictures are kept while the page is open
LONGER = 1024  # pixels; larger pictures are made smaller first


def take_picture(session: Session) -> None:
    """Start from the visitor's own photograph."""
    picture = brought(LAB, "A photograph")
    if picture is None:
        return
    picture = fit_within(picture, LONGER)
    with session.changing() as lab:
        lab.take(picture)
    st.session_state.setdefault(MINE, []).append(picture)
    others: Session | None = st.session_state.get("neurons:session")
    if others is not None and not others.released:
        bring(others, [picture])
    height, width = picture.shape[-2:]
    st.caption(f"{width} × {height} pixels; the dream works on a smaller copy.")


def bring(session: Session, pictures: list[Tensor]) -> None:
    """Let the neurons look at these pictures too."""
    with session.changing() as lab:
        for picture in pictures:
            lab.bring(picture)


def pick_net() -> str:
    """Return the visitor's choice of a net; the famous ones can be fetched."""
    with st.container(horizontal=True, vertical_alignment="center"):
        here = nets()
        net = st.selectbox(
            "Net", here, format_func=title, key="dream.net", bind="query-params", width=320,
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
    images, settings = [image for _, image in lab.past.moments], dict(lab.settings)
    count = lab.count
    own = lab.turned or settings["start"] == "yours"
    again = partial(script, lab.net, settings, lab.address(), count)

    def draw() -> None:
        with st.container(horizontal=True):
            lesson.download("PNG", partial(png, images[-1], settings, count), "dream.png")
            lesson.download("Film (MP4)", partial(mp4, images, settings), "dream.mp4")
            lesson.download("Film (GIF)", partial(gif, images, settings), "dream.gif")
            lesson.download("Film (WebP)", partial(webp, images, settings), "dream.webp")
        if own:
            st.caption(
                "The script begins from the start with the settings of now; it cannot know what "
                "was turned, branched or painted on the way, nor your own picture."
            )
        lesson.code([ascend, climb, layer], again, "dream_again.py")

    return draw


@st.fragment
def dream() -> None:
    """The stage and what belongs to it."""
    head = st.container()
    net = pick_net()
    controls = controls_of(described(net), classes(net), usual_layer(net), widest(net))
    session = use(LAB, lambda: Dream(net), controls, drawings=["mask", "drawing"], variant=net)
    session.begin(OPENING)
    question = "What does a network want to see? Let it climb, and turn the knobs while it does."
    share = partial(link, session, LAB, controls)
    with head, lesson.question("Dream", question, share), st.popover("Your photograph"):
        take_picture(session)
    stage(session, LAB, [*cards.cards(controls), challenges_card(CHALLENGES, "dream")])
    parts = {
        "Maths": lambda lab: partial(lesson.maths, *blocks(lab)),
        "Keep it, and the code": keep,
    }
    lesson.tabs(LAB, session, parts, cards.SOURCES)


@st.fragment
def pair() -> None:
    """One class by every net of ours."""
    session = use("pair", Pair, dreamers.PAIR_CONTROLS)
    stage(session, "pair", [dreamers.pair({name: title(name) for name in session.experiment.nets})])


@st.fragment
def neurons() -> None:
    """All channels of a layer of the net chosen above."""
    net = st.session_state.get("dream.net", nets()[0])
    names, usual = described(net), Neurons.usual(net)
    known = (dreamers.layer_of(names, usual), dreamers.DIVERSITY)
    session = use("neurons", lambda: Neurons(net), known, variant=net)
    if session.version == 1:
        bring(session, st.session_state.get(MINE, []))
    stage(session, "neurons", [dreamers.neurons(names, usual)])


dream()
pair()
neurons()
