"""Text from memory: n-grams, recurrent networks that write, and what they remember."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from labs.figures.curves import curves
from labs.live import Session
from labs.sequences.language import Writer, beam, challenges, dice, export, formulas, quiz
from labs.sequences.language.felt import trained
from labs.sequences.language.learning import HEAVIEST, Learning
from labs.sequences.language.nets import shipped
from labs.sequences.language.remembering import Remembering
from labs.sequences.language.series import series
from labs.sequences.language.tokens import COWS
from pages.ui import lesson, parts
from pages.ui.cards import language as cards
from pages.ui.pair import pair
from pages.ui.stage import plain, stage, use
from pages.ui.texts import identity, pick_text

LAB = "language"
FIRST = {"language.train": 150, "language.memory": 200}  # steps taken as the part opens


def tabs(
    lab: str, session: Session, maths: Callable, shown: Callable, more: Mapping | None = None
) -> None:
    """Show a part's maths, what else there is to read about it, and its code.

    maths, shown: what `lesson.maths` and `lesson.code` take, made of the lab.
    """
    readings = {"Maths": lambda made: lesson.maths(*maths(made)), **(more or {})}
    readings["Code"] = lambda made: lesson.code(*shown(made))
    lesson.tabs(lab, session, readings)


def weigh(lab: dice.Dice) -> None:
    """Perplexity on the held-out tenth against n, with back-off and without."""
    if lines := lab.weighed():
        axes = {"x_title": "n", "y_title": "perplexity, held out", "log": True}
        figure = curves(lines, theme=lesson.theme(), **axes)
        lesson.plot(figure, "language:weigh", "perplexity against n")
    st.markdown(formulas.turning_up(lines))


def by_n(lab: dice.Dice) -> None:
    """The same beginning and the same dice for every n."""
    texts = series(lab.tokens, lab.model, lab.beginning, int(lab.settings["dice_seed"]))
    for n, text in enumerate(texts, 1):
        st.markdown(f"**n = {n}**")
        st.code(text, language=None, wrap_lines=True)


@st.fragment
def counting() -> None:
    """n-grams: count, roll the die, write."""
    corpus = pick_text("language.dice", {COWS.name: COWS})
    make, controls = partial(dice.Dice, corpus), cards.counting.CONTROLS
    session = use("language.dice", make, controls, ["rolled"], variant=identity(corpus))
    context = "“cows eat”" if corpus is COWS else "the last few tokens"
    question = f"What follows {context}? Count, and roll a weighted die."
    parts.question("Counting", question, session, "language.dice", controls)
    stage(session, "language.dice", cards.counting.cards(corpus is COWS, challenges.COUNTING))
    readings = {"Text by n": by_n, "Perplexity against n": weigh}
    tabs("language.dice", session, formulas.counting, export.counting.shown, readings)


def continued(lab: Writer) -> None:
    """What a beam search would write instead."""
    width = st.slider("beam width", 1, 32, 8, key="language.beam")
    st.code(beam.continuations(lab.page, width), language=None, wrap_lines=True)


@st.fragment
def writing() -> None:
    """The trained networks: sample, type, look inside."""
    nets = {key: net.title for key, net in shipped().items()}
    controls = (cards.writing.net(nets), *cards.writing.CONTROLS)
    session = use(LAB, Writer, controls, drawings=["page"])
    question = "How does a network write? Let it, and look at any unit while it does."
    parts.question("Networks", question, session, LAB, controls)
    stage(session, LAB, cards.writing.cards(nets, challenges.WRITING))
    tabs(LAB, session, formulas.writing, export.writing.shown, {"Beam search": continued})


def losses(lab: Learning) -> None:
    """The losses over the steps, to be read at rest."""
    axes = {"x_title": "step", "y_title": "nats a character"}
    figure = curves(lab.progress.history(), theme=lesson.theme(), **axes)
    lesson.plot(figure, "language:losses", "loss over steps")


def weights(session: Session, lab: Learning) -> None:
    """The weights, to be kept and brought back."""
    lesson.download("Download the weights (safetensors)", lab.weights, "char.safetensors")
    lesson.bring(session, "Go on from weights (safetensors)", HEAVIEST, "language.weights")


@st.fragment
def training() -> None:
    """A network from scratch."""
    corpus = pick_text("language.train")
    session = use("language.train", partial(Learning, corpus), variant=identity(corpus))
    session.begin(FIRST["language.train"])
    question = "From gibberish to words: what does it learn first?"
    parts.question("Training", question, session, "language.train", ())
    stage(session, "language.train", cards.training.cards(challenges.LEARNING))
    readings = {"Curves": losses, "Weights": partial(weights, session)}
    tabs("language.train", session, formulas.learning, export.learning.shown, readings)


@st.fragment
def remembering() -> None:
    """Gradients through time, and a task that needs memory."""
    question, controls = "Why does a plain RNN forget?", cards.memory.CONTROLS
    session = use("language.memory", Remembering, controls)
    session.begin(FIRST["language.memory"])
    parts.question("Memory", question, session, "language.memory", controls)
    stage(session, "language.memory", cards.memory.cards(trained(), challenges.REMEMBERING))
    tabs("language.memory", session, formulas.memory, export.memory.shown)


@st.fragment
def guessing() -> None:
    """The lecture's quiz."""
    parts.head(LAB, "Quiz", "Which is the real one?", "language.quiz")
    if quiz.subject() is None:
        lesson.notice("The quiz needs Shakespeare's text; download it under n-grams.")
        return
    warm = st.slider("temperature", 0.3, 1.5, 0.7, 0.05, key="language.quiz", bind="query-params")
    told = f"One is {plain(quiz.subject()[1].name)}, held out; the other is the network's."
    answered = pair("language.pair", partial(quiz.fresh, warm), warm, told)
    if answered:
        lesson.maths(*formulas.guessing(answered))
        with st.expander("Code"):
            lesson.code(*export.guessing.shown(answered, warm))


parts.show(
    LAB,
    {"n-grams": counting, "networks": writing, "training": training, "memory": remembering,
     "quiz": guessing},
    default="networks",
)  # fmt: skip
with st.expander("Sources"):
    lesson.sources(*cards.SOURCES)
