"""Where do a network's parameters sit, and what does each layer do to the picture?"""

from functools import partial

import streamlit as st

from labs.trace import grad_cam
from labs.vision.architectures import Architectures, design, formulas
from labs.vision.architectures.catalogue import SOURCES
from labs.vision.architectures.classify import HERE, glance, heaviest
from labs.vision.architectures.controls import TITLES
from labs.vision.architectures.layer import macs
from labs.vision.architectures.learning import Learning
from labs.vision.architectures.photograph import Photograph
from labs.vision.architectures.sight import window
from labs.vision.architectures.survey import survey
from labs.vision.architectures.timing import timed, times
from labs.vision.architectures.weights import HEADER, MAX_BYTES
from labs.vision.architectures.words import rows as table_of
from labs.zoo.famous import FAMOUS, fetch
from pages.ui import answer, layers, lesson, parts
from pages.ui.cards import architectures as cards
from pages.ui.challenges import challenges_card
from pages.ui.datasets import pick_digits
from pages.ui.downloads import offer
from pages.ui.page import Part, page_of_parts
from pages.ui.pictures import brought
from pages.ui.stage import plain, stage, use

LAB = "architectures"


def shares(lab: Architectures) -> None:
    """Where the parameters sit and where the time goes, layer by layer, of every network shown."""
    side = int(lab.settings["side"])
    for net, panel in dict(zip(lab.nets(), ("left", "right"), strict=False)).items():
        seen = lab.seen(panel)
        millions = {one.name: one.parameters / 1e6 for one in seen.layers if one.macs}
        answer.shares(TITLES[net], f"{net}:{side}", millions, partial(timed, net, side))


def maths(lab: Architectures) -> None:
    """The counting rules, with the numbers of the chosen layer."""
    rules = formulas.counting(lab.explanation())
    lesson.maths(*((rule, plain(text)) for rule, text in rules))


def listing(lab: Architectures) -> None:
    """Every operation of the left network, in numbers."""
    listed = table_of(lab.seen("left"))
    layers.listing(listed)
    lesson.download("CSV", partial(lesson.csv_of, listed), f"{lab.settings['net']}.csv")


@st.fragment
def photo() -> None:
    """A photo under the hand, five classes, and what the network saw."""
    top = st.container()
    nets = HERE | {name: entry.title for name, entry in FAMOUS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        net = st.selectbox("network", nets, format_func=nets.get, key="photo.net",
                           bind="query-params", label_visibility="collapsed")  # fmt: skip
        with st.popover("Your photograph"):
            mine = brought("photo", "A photograph")
        with st.popover("Your weights"):
            half = ", as 16-bit numbers" if heaviest(net) == MAX_BYTES else ""
            what = f"Weights for {nets[net]} (.safetensors{half})"
            file = lesson.upload(what, heaviest(net), "photo:weights")
    try:
        make = partial(Photograph, net, file.getvalue() if file else None)
        session = use("photo", make, variant=(net, file and file.file_id))
    except ValueError as fault:
        lesson.refused(fault)
        wanted = FAMOUS.get(net) if file is None else None
        if wanted and offer(f"Download {wanted.title}", wanted.size, partial(fetch, net), "photo"):
            st.rerun()
        return
    with top:
        question = "What is on the photograph, and on what does the answer rest? Paint over it."
        lesson.question("Classify a photo", question, partial(parts.address, session, "photo", LAB))
    if mine is not None:
        with session.changing() as lab:
            lab.load_picture(mine)
    stage(session, "photo", cards.photo(session.experiment))
    with session.lock:
        if session.experiment.rest():
            session.touch()
    lesson.tabs("photo", session, {
        "Maths": lambda lab: partial(lesson.maths, *formulas.answer(lab.seen)),
        "Code": lambda lab: lesson.code([glance, grad_cam, window], lab.script, "photo.py"),
    }, SOURCES)  # fmt: skip


@st.fragment
def designer() -> None:
    """Your own table of layers, checked, counted and taught."""
    question = "Which layers read digits best, and what do they cost?"
    parts.head(LAB, "Design your own", question, "design", "design.data", lab="design")
    if "design:first" not in st.session_state:
        st.session_state["design:first"] = design.opened(st.query_params.get("design"))
    table, told = st.columns((3, 4))
    with table:
        lines = layers.edit(st.session_state["design:first"], design.KINDS, "design:table")
    rows = [design.Row(*line) for line in lines]
    text = st.query_params["design"] = design.to_text(rows)
    made = design.design(rows)
    with told:
        if made.fault:
            lesson.notice(made.fault)
        seen = made.survey
        st.markdown(f"**{made.parameters:,}** parameters, **{seen.macs:,}** multiply-adds a digit")
        layers.listing(table_of(seen), narrow=True)
    if made.fault:
        return
    data = pick_digits("design.data")
    met = st.session_state.setdefault("design:met", set())  # outlives each of the networks
    make = partial(Learning, rows, data, met=met)
    session = use("design", make, variant=f"{text}{data.name}")
    stage(
        session, "design", [cards.TRAINING, challenges_card(Learning.challenges, "build and teach")]
    )
    with st.container(horizontal=True):
        with lesson.reading(session) as lab:
            lesson.download("Weights (safetensors)", lab.weights, "design.safetensors")
        with st.popover("Go on from your weights"):
            what = "Weights of this design (.safetensors)"
            lesson.bring(session, what, 4 * design.PARAMETERS + HEADER, "design:weights")
    lesson.tabs("design", session, {"Code": designed}, SOURCES)


def designed(lab: Learning) -> None:
    """The network as PyTorch code, and a script that teaches it as the stage did."""
    label = "Download a script that builds, counts and teaches it with the same numbers"
    lesson.download(label, lab.script, "design.py")
    st.code(design.code(lab.rows), language="python")


NETWORKS = Part(
    lab=Architectures,
    cards=cards.cards,
    tabs={"Bars": shares, "Table": listing, "Maths": maths},
    code=[survey, macs, times],
    sources=SOURCES,
)
page_of_parts(LAB, {"networks": NETWORKS, "classify a photo": photo, "design your own": designer})
