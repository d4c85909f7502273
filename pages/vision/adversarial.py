"""Fool a network: adversarial examples, live, on a drawing or a photograph."""

from functools import partial

import streamlit as st

from labs.live import Session
from labs.vision.adversarial import Adversarial, export, formulas
from labs.vision.adversarial.defence import Defence
from labs.vision.adversarial.plane import plane
from labs.vision.adversarial.robustness import Robustness
from labs.vision.adversarial.subjects import SUBJECTS, subject
from labs.vision.adversarial.turning import Turning
from pages.ui import lesson
from pages.ui.cards import adversarial as cards
from pages.ui.datasets import pick_digits
from pages.ui.page import page
from pages.ui.pictures import brought
from pages.ui.robustness import around
from pages.ui.stage import stage, use

SUBJECT = f"{Adversarial.name}.subject"
PAIR = f"{Adversarial.name}:pair"  # of the table, on its way to the stage


def closer(lab: Adversarial) -> None:
    """The plane of the attack."""
    plan = lab.plan
    found = lab.keep("plane", (plan, lab.run.count), lambda: plane(lab.model, lab.run))
    eps = plan.eps if plan.method.budget else None
    with st.container(width=640):
        around(found and found.arrays(), lab.subject.labels, eps)


def keep(lab: Adversarial) -> lesson.Draw:
    """Files to take away; the adversarial one is read back before it is offered."""
    scene = lab.scene
    reread, run, sources = export.reread(scene), scene.run, export.sources(scene.plan)
    script = lesson.guarded(lab.script)

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


def chosen() -> str:
    """Return the title of what is attacked: the drawing if a pair of the table is on its way."""
    if PAIR in st.session_state and SUBJECT in st.session_state:
        st.session_state[SUBJECT] = "Drawing"
    return subject(st.session_state.get(SUBJECT) or st.query_params.get(SUBJECT)).title


def choose(session: Session) -> None:
    """Let the visitor choose what is attacked; put a photograph or the table's pair there."""
    pair, mine = st.session_state.pop(PAIR, None), None
    with st.container(horizontal=True, width="content"):
        st.segmented_control(
            "subject", list(SUBJECTS), default="Drawing", required=True, key=SUBJECT,
            bind="query-params", label_visibility="collapsed",
        )  # fmt: skip
        if session.experiment.subject.kind == "photo":
            with st.popover("Your photograph"):
                mine = brought(Adversarial.name, "A photograph")
    if pair is not None or mine is not None:
        with session.changing() as lab:
            lab.load_picture(mine) if pair is None else lab.load_pair(pair)


@st.fragment
def standing() -> None:
    """What every net has right under every attack, by budget."""
    st.subheader("How many pictures stand", anchor=False)
    title = chosen()
    session = use(Robustness.name, partial(Robustness, title), variant=title)
    stage(session, Robustness.name, [cards.standing(session.experiment)])


@st.fragment
def turning() -> None:
    """A table of what each digit needs to become each other; a click takes a pair to the stage."""
    st.subheader("From every digit to every other", anchor=False)
    st.markdown(":gray[The smallest ε, in 1/255, with which ten steps of PGD turn the sample of a "
                "row into the class of a column; an empty cell: none up to 128. Click a cell to "
                "take that pair to the stage.]")  # fmt: skip
    session = use(Turning.name, Turning)
    stage(session, Turning.name, [cards.TURNING])
    with session.lock:
        pair = session.experiment.clicked_pair()
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
    session = use(Defence.name, partial(Defence, data), variant=data.name)
    stage(session, Defence.name, [cards.DEFENCE])
    weights = session.experiment.weights
    lesson.download("Download the robust net's weights", weights, "lenet-robust.safetensors")


page(
    Adversarial,
    cards.cards,
    variant=chosen,
    head=choose,
    maths=lambda lab: formulas.blocks(lab.scene),
    tabs={"Look closer": closer, "Keep it, and the code": keep},
    sources=cards.SOURCES,
)
standing()
turning()
defence()
