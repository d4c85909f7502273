"""Draw a digit, and watch every layer of LeNet-5 while the stroke is being made."""

from functools import partial

import streamlit as st

from labs import zoo
from labs.drawing.ink import ink_of
from labs.drawing.mnist import as_mnist, place_as_mnist, thicken_thin
from labs.figures.bars import bars
from labs.figures.curves import curves
from labs.figures.heatmap import heatmap
from labs.live import Session
from labs.vision.digit import Digit, operations, passes
from labs.vision.digit.export import rows
from labs.vision.digit.learning import Learning
from labs.vision.digit.passes import LAYERS
from labs.vision.digit.readers import CHECKPOINTS
from pages.ui import lesson
from pages.ui.cards import digit as cards
from pages.ui.cards.digit.learning import LEARNING
from pages.ui.datasets import pick_digits
from pages.ui.page import Blocks, page
from pages.ui.pictures import brought
from pages.ui.stage import stage, use

LAB = "digit"


def accuracies() -> dict[str, float]:
    """Measured test accuracy by panel: with distortions and without; readers, also shuffled."""
    nets = CHECKPOINTS | {"with": "lenet-mnist", "without": "lenet-mnist-plain"}
    measured = {k: zoo.manifest()[v]["metrics"]["test_accuracy"] for k, v in nets.items()}
    shuffled = {f"{k}_shuffled": measured[k] for k in ("softmax", "dense")}  # the same, exactly
    lenet = zoo.manifest()["lenet-mnist-shuffled"]["metrics"]["test_accuracy"]
    return measured | shuffled | {"lenet_shuffled": lenet}


def take_picture(session: Session) -> None:
    """Put an uploaded or photographed digit on the pad."""
    picture = brought(LAB, "A picture of one digit")
    if picture is None:
        return
    try:
        ink, paper = ink_of(picture)
    except ValueError as fault:  # the drawing stays
        lesson.notice(str(fault))
        return
    with session.changing() as lab:
        lab.pad.put(ink, "dark on paper: inverted" if paper else "bright ink")


def maths(lab: Digit) -> Blocks:
    """The passes in the lecture's notation, with the numbers of the drawing."""
    a, gradients, target = lab.look()
    p = a.probabilities
    flow = ", ".join(f"{layer} {gradients[layer].norm():.3f}" for layer in reversed(LAYERS))
    unread = lab.pad.empty
    first = (
        "The pad is empty: the largest logit is"
        if unread
        else (f"The winner is {a.winner} with logit")
    )
    of = "the largest logit" if unread else f"logit {target}"
    return (
        (r"z_{k,i,j} = \sum_{c,u,v} w_{k,c,u,v}\, x_{c,\,i+u,\,j+v} + b_k \\ a = \max(0, z)",
         f"{lab.explanation(a).title}: {lab.explanation(a).sum}"),
        (r"p_j = \frac{e^{z_j}}{\sum_i e^{z_i}}",
         f"{first} {a.logits.max():.3f} and "
         f"p = {p.max():.4f}; the lowest logit is {a.logits.min():.3f}."),
        (r"g_i = W_i^{\top}\left(g_{i+1} \circ f'(z_i)\right)",
         f"The gradient of {of}, its norm from the top down: {flow}."),
    )  # fmt: skip


def closer(lab: Digit) -> None:
    """Plotly for the hand at rest, and the numbers to take away."""
    a, gradients, _ = lab.look()
    figure = bars(
        a.logits.tolist(), labels=cards.DIGITS, x_title="logit", y_title="digit",
        theme=lesson.theme(),
    )  # fmt: skip
    lesson.plot(figure, "digit:logits", "the ten logits as bars")
    lesson.download(
        "Download every activation and gradient (CSV)",
        lambda: lesson.csv_of(rows(a, gradients)),
        "digit.csv",
    )


def show_learner() -> None:
    """Give the network that learns the drawing as it is when the hand rests."""
    pads, learners = (st.session_state.get(f"{lab}:session") for lab in (LAB, "learning"))
    if pads is None or learners is None or pads.released or learners.released:
        return
    with pads.lock:
        seen = as_mnist(pads.experiment.pad.ink)[0, 0]
    with learners.changing() as learner:
        learner.seen = seen


def beside_share(session: Session) -> None:
    """A picture of one's own; and the net that learns sees what was drawn."""
    with st.popover("Upload or photograph"):
        take_picture(session)
    show_learner()


@st.fragment
def learning() -> None:
    """The same architecture, learning from scratch."""
    st.subheader("Watch it learn", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":gray[LeNet-5 from random weights: what does it make of your drawing?]")
        data = pick_digits("learning.data")
    make = partial(Learning, data)
    session = use("learning", make, variant=data.name)
    show_learner()
    stage(session, "learning", [LEARNING])
    details = st.expander("Look closer", key="learning:closer", on_change="rerun")
    if details.open:
        with details, lesson.reading(session) as lab:
            learned(lab)


def learned(lab: Learning) -> None:
    """The training as it was when the hand rested: curves, confusion, weights."""
    figure = curves(
        lab.history(), x_title="step", y_title="loss (nats)", log=True, theme=lesson.theme()
    )
    lesson.plot(figure, "learning:curves", "loss over steps")
    figure = heatmap(
        lab.confusion.numpy(), labels=cards.DIGITS, x_title="what the net says",
        y_title="true digit", unit="share", theme=lesson.theme(),
    )  # fmt: skip
    lesson.plot(figure, "learning:confusion", "confusion matrix")
    lesson.download("Download the weights (safetensors)", lab.weights, "lenet.safetensors")


page(
    Digit,
    cards.network(accuracies()),
    maths=maths,
    tabs={"Look closer": closer},
    code=[passes, operations, place_as_mnist, thicken_thin],
    sources=cards.SOURCES,
    head=beside_share,
)
learning()
