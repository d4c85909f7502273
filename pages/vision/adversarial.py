"""Fool a network: adversarial examples, live, on a drawing or a photograph."""

from functools import partial

import streamlit as st
from torch import Tensor

from labs.live import Session
from labs.vision.adversarial import Adversarial, accuracy, export, formulas, words
from labs.vision.adversarial.challenges import challenges
from labs.vision.adversarial.defence import Defence
from labs.vision.adversarial.nets import DIGIT_NETS, here, measured
from labs.vision.adversarial.offer import offer
from labs.vision.adversarial.pair import Pair
from labs.vision.adversarial.plane import plane
from labs.vision.adversarial.subjects import offered, subject
from labs.vision.adversarial.turning import Turning
from pages.ui import lesson, robustness
from pages.ui.cards import adversarial as cards
from pages.ui.datasets import pick_digits
from pages.ui.pictures import brought
from pages.ui.stage import link, stage, use

LAB = "adversarial"
SUBJECT = f"{LAB}.subject"
PAIR = f"{LAB}:pair"  # of the table, on its way to the stage
stands = st.cache_data(accuracy.stands, max_entries=24, show_spinner="attacking test pictures")


def closer(lab: Adversarial) -> None:
    """The plane of the attack, and how much of a test set stands."""
    plan, net = lab.plan, str(lab.settings["net"])
    found = lab.keep("plane", (plan, lab.run.count), lambda: plane(lab.model, lab.run))
    shares, source = stands(lab.subject.title, net, plan.norm)
    eps = plan.eps if plan.method.budget else None
    shown = lab.settings[f"eps_{plan.norm}"] if plan.method.budget else None
    left, right = st.columns(2, gap="large")
    with left:
        robustness.around(found and found.arrays(), lab.subject.labels, eps)
    with right:
        readers = f"{source}, read by {lab.subject.nets[net]}"
        robustness.standing(shares, readers, words.axis(plan.norm), shown)


def keep(lab: Adversarial) -> lesson.Draw:
    """Files to take away; the adversarial one is read back before it is offered."""
    reread, run, sources = export.reread(lab), lab.run, export.sources(lab)
    script = lesson.guarded(partial(export.script, lab))

    def draw() -> None:
        st.markdown(reread)
        with st.container(horizontal=True):
            lesson.download("Clean PNG", partial(export.png, run.x), "clean.png")
            lesson.download(
                "Adversarial PNG", partial(export.png, run.verdict.image), "adversarial.png"
            )
            lesson.download("Perturbation (.npy)", partial(export.npy, run), "perturbation.npy")
        lesson.code(sources, script, "attack.py")

    return draw


def about(session: Session) -> None:
    """What is read when the hand rests."""
    with session.lock:
        late = session.experiment.settle()
    if late:
        session.touch()
    parts = {
        "Maths": lambda lab: partial(lesson.maths, *formulas.blocks(lab)),
        "Look closer": closer,
        "Keep it, and the code": keep,
    }
    lesson.tabs(LAB, session, parts, cards.SOURCES)


def put(session: Session, pair: Pair | None, mine: Tensor | None) -> None:
    """Put a pair of the table or the visitor's photograph on the stage, if there is one."""
    if pair is None and mine is None:
        return
    with session.changing() as lab:
        if pair is not None:
            lab.turn(pair)
        if mine is not None:
            lab.take(mine)


@st.fragment
def fooling() -> None:
    """The stage and what belongs to the attack."""
    pair = st.session_state.pop(PAIR, None)
    if pair is not None and SUBJECT in st.session_state:
        st.session_state[SUBJECT] = "Drawing"
    what = subject(st.session_state.get(SUBJECT) or st.query_params.get(SUBJECT))
    knobs = cards.controls(**offer(what))
    controls = (*knobs, *cards.SURVIVAL)
    drawings = ["x"] if what.kind == "digit" else []
    session = use(LAB, partial(Adversarial, what.title), controls, drawings, what.title)
    question = "How little does it take? Draw, or take a photograph, and drag ε until it is fooled."
    more = lesson.question("Fool it", question, partial(link, session, LAB, controls))
    mine = None
    with more, st.container(horizontal=True, width="content"):
        st.segmented_control("subject", offered(), default="Drawing", required=True, key=SUBJECT,
                             bind="query-params", label_visibility="collapsed")  # fmt: skip
        if what.kind == "photo":
            with st.popover("Your photograph"):
                mine = brought(LAB, "A photograph")
    put(session, pair, mine)
    asked = (what.kind, knobs, challenges(what.kind), list(what.nets), measured(what.kind))
    stage(session, LAB, cards.cards(*asked))
    about(session)


@st.fragment
def turning() -> None:
    """A table of what each digit needs to become each other; a click takes a pair to the stage."""
    card = cards.turning(here(DIGIT_NETS))
    st.subheader("From every digit to every other", anchor=False)
    st.markdown(":gray[The smallest ε, in 1/255, with which ten steps of PGD turn the sample of a "
                "row into the class of a column; an empty cell: none up to 128. Click a cell to "
                "take that pair to the stage.]")  # fmt: skip
    session = use("turning", Turning, card.controls)
    stage(session, "turning", [card])
    with session.lock:
        pair = session.experiment.wish()
    if pair is not None:
        st.session_state[PAIR] = pair
        st.rerun()


@st.fragment
def defence() -> None:
    """Adversarial training from scratch."""
    st.subheader("Defend", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":gray[Two LeNets from the same weights; one meets an attack in every batch.]")
        data = pick_digits("defence.data")
    session = use("defence", lambda: Defence(data), cards.DEFENCE.controls, variant=data.name)
    stage(session, "defence", [cards.DEFENCE])
    weights = session.experiment.weights
    lesson.download("Download the robust net's weights", weights, "lenet-robust.safetensors")


fooling()
turning()
defence()
