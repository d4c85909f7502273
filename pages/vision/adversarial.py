"""Fool a network: adversarial examples, live, on a drawing or a photograph."""

from functools import partial

import streamlit as st

from labs.data.photos import NAMES
from labs.figures.curves import curves
from labs.figures.regions import regions
from labs.live import Session
from labs.vision.adversarial import Adversarial, accuracy, export, formulas, words
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.challenges import challenges
from labs.vision.adversarial.defence import Defence
from labs.vision.adversarial.nets import DIGIT_NETS, here, measured
from labs.vision.adversarial.plan import defaults, largest
from labs.vision.adversarial.plane import plane
from labs.vision.adversarial.subjects import Subject, offered, subject
from labs.vision.adversarial.turning import Turning
from pages.ui import lesson
from pages.ui.cards import adversarial as cards
from pages.ui.datasets import pick_digits
from pages.ui.pictures import brought
from pages.ui.stage import Control, link, stage, use

LAB = "adversarial"
stands = st.cache_data(accuracy.stands, max_entries=24, show_spinner="attacking test pictures")


def knobs(what: Subject) -> tuple[Control, ...]:
    """The controls of the attack on a kind of picture."""
    return cards.controls(
        what.kind, what.nets, {name: a.title for name, a in ATTACKS.items()}, what.labels,
        {norm: largest(what, norm) for norm in what.eps}, defaults(what), NAMES,
    )  # fmt: skip


def take_picture(session: Session) -> None:
    """Attack a picture that the visitor brings."""
    picture = brought(LAB, "A photograph")
    if picture is not None:
        with session.lock:
            session.experiment.take(picture)
        session.touch()


def closer(lab: Adversarial) -> None:
    """The plane of the attack, and how much of a test set stands."""
    plan, found = lab.plan, plane(lab.model, lab.run)
    if found is None:
        st.markdown("The attack has not moved yet; there is no direction to show.")
    else:
        st.markdown(":gray[What the net says around the picture, which is the dot at 0, 0. Lengths "
                    "are L2; the points are not clipped to 0 and 1.]")  # fmt: skip
        figure = regions(
            found.classes.numpy(), x=found.along.numpy(), y=found.aside.numpy(),
            names=lab.subject.labels, radius=found.size.numpy(),
            eps=plan.eps if plan.method.budget else None, path=found.path.numpy(),
            x_title="along the attack", y_title="along noise", theme=lesson.theme(),
        )  # fmt: skip
        st.plotly_chart(figure, theme=None, key="adversarial:plane", alt="classes on a plane")
    shares, source = stands(lab.subject.title, str(lab.settings["net"]), plan.norm)
    figure = curves(shares, x_title=words.axis(plan.norm), y_title="share that stands",
                    theme=lesson.theme())  # fmt: skip
    st.plotly_chart(figure, theme=None, key="adversarial:accuracy", alt="accuracy against epsilon")
    st.caption(f"Measured here, on {source}.")


def keep(lab: Adversarial) -> None:
    """Files to take away; the adversarial one is read back before it is offered."""
    st.markdown(export.reread(lab))
    with st.container(horizontal=True):
        lesson.download("Clean PNG", partial(export.png, lab.run.x), "clean.png")
        lesson.download(
            "Adversarial PNG", partial(export.png, lab.run.verdict.image), "adversarial.png"
        )
        lesson.download("Perturbation (.npy)", partial(export.npy, lab.run), "perturbation.npy")
    lesson.code(export.sources(lab), partial(export.script, lab), "attack.py")


def about(session: Session) -> None:
    """What is read when the hand rests."""
    with session.lock:
        late = session.experiment.settle()
    if late:
        session.touch()
    parts = {
        "Maths": lambda lab: lesson.maths(*formulas.blocks(lab)),
        "Look closer": closer,
        "Keep it, and the code": keep,
    }
    lesson.tabs(LAB, session, parts, cards.SOURCES)


@st.fragment
def fooling() -> None:
    """The stage and what belongs to the attack."""
    key = f"{LAB}.subject"
    what = subject(st.session_state.get(key) or st.query_params.get(key))
    controls = (*knobs(what), *cards.SURVIVAL)
    drawings = ["x"] if what.kind == "digit" else []
    session = use(LAB, partial(Adversarial, what.title), controls, drawings, what.title)
    question = "How little does it take? Draw, or take a photograph, and drag ε until it is fooled."
    more = lesson.question("Fool it", question, partial(link, session, LAB, controls))
    with more, st.container(horizontal=True, width="content"):
        st.segmented_control("subject", offered(), default="Drawing", required=True, key=key,
                             bind="query-params", label_visibility="collapsed")  # fmt: skip
        if what.kind == "photo":
            with st.popover("Your photograph"):
                take_picture(session)
    asked = (what.kind, knobs(what), challenges(what.kind), list(what.nets), measured(what.kind))
    stage(session, LAB, cards.cards(*asked))
    about(session)


@st.fragment
def turning() -> None:
    """A table of what each digit needs to become each other."""
    card = cards.turning(here(DIGIT_NETS))
    st.subheader("From every digit to every other", anchor=False)
    st.markdown(":gray[The smallest ε, in 1/255, with which ten steps of PGD turn the sample of a "
                "row into the class of a column. NaN: none up to 128/255.]")  # fmt: skip
    stage(use("turning", Turning, card.controls), "turning", [card])


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
