"""Text from memory: n-grams, recurrent networks that write, and what they remember."""

from functools import partial

import streamlit as st

from labs.figures.curves import curves
from labs.live import Session
from labs.models import cells, characters, jacobians
from labs.models.ngram import NGrams
from labs.sequences.language import Writer, beam, formulas, memory, quiz
from labs.sequences.language.brush import alike
from labs.sequences.language.dice import Dice
from labs.sequences.language.features import match
from labs.sequences.language.felt import trained
from labs.sequences.language.inside import unit_over_time
from labs.sequences.language.learning import HEAVIEST, Learning
from labs.sequences.language.product import product
from labs.sequences.language.remembering import Remembering
from labs.sequences.language.sampling import distribution, sample_steps
from labs.sequences.language.series import series
from labs.sequences.language.stepper import Stepper
from labs.sequences.language.throws import face
from labs.sequences.language.tokens import COWS
from pages.ui import lesson, parts
from pages.ui.cards import language as cards
from pages.ui.page import Part, page_of_parts
from pages.ui.pair import pair
from pages.ui.stage import plain
from pages.ui.texts import pick_text

LAB = "language"


def weigh(lab: Dice) -> None:
    """Perplexity on the held-out tenth against n, with back-off and without."""
    if lines := lab.weighed():
        axes = {"x_title": "n", "y_title": "perplexity, held out", "log": True}
        figure = curves(lines, theme=lesson.theme(), **axes)
        lesson.plot(figure, "language:weigh", "perplexity against n")
    st.markdown(formulas.turning_up(lines))


def by_n(lab: Dice) -> None:
    """The same beginning and the same dice for every n."""
    texts = series(lab.tokens, lab.model, lab.beginning, lab.settings["dice_seed"])
    for n, text in enumerate(texts, 1):
        st.markdown(f"**n = {n}**")
        st.code(text, language=None, wrap_lines=True)


def continued(lab: Writer) -> None:
    """What a beam search would write instead."""
    width = st.slider("beam width", 1, 32, 8, key="language.beam")
    st.code(beam.continuations(lab.page, width), language=None, wrap_lines=True)


def losses(lab: Learning) -> None:
    """The losses over the steps, to be read at rest."""
    axes = {"x_title": "step", "y_title": "nats a character"}
    figure = curves(lab.progress.history(), theme=lesson.theme(), **axes)
    lesson.plot(figure, "language:losses", "loss over steps")


def weights(session: Session) -> None:
    """The weights, to be brought back."""
    with st.popover("Your weights"):
        lesson.bring(session, "Go on from weights (safetensors)", HEAVIEST, "language.weights")


@st.fragment
def guessing() -> None:
    """The lecture's quiz."""
    parts.head(LAB, "Quiz", "Which is the real one?", "language.quiz")
    if quiz.subject() is None:
        lesson.notice("The quiz needs Shakespeare's text; download it under n-grams.")
        return
    warm = st.slider("temperature", 0.3, 1.5, 0.7, 0.05, key="language.quiz", bind="query-params")
    rule = f"One is {plain(quiz.subject()[1].name)}, held out; the other is the network's."
    if answered := pair("language.pair", partial(quiz.fresh, warm), warm, rule):
        lesson.maths(*formulas.guessing(answered))
        with st.expander("Code"):
            shown = [quiz.ask, quiz.written, quiz.cost, sample_steps]
            lesson.code(shown, partial(quiz.script, answered, warm), "passage.py")


part = partial(Part, sources=cards.SOURCES)
PARTS = {
    "n-grams": part(
        lab=Dice,
        variant=partial(pick_text, Dice.name, {COWS.name: COWS}),
        cards=cards.counting.cards,
        title="Counting",
        question="What follows the last few tokens? Count, and roll a weighted die.",
        maths=lambda lab: formulas.counting(lab.text),
        tabs={"Text by n": by_n, "Perplexity against n": weigh},
        code=[NGrams, face],
    ),
    "networks": part(
        lab=Writer,
        cards=cards.writing.CARDS,
        title="Networks",
        question="How does a network write? Let it, and look at any unit while it does.",
        maths=lambda lab: formulas.writing(lab.look),
        tabs={"Beam search": continued},
        code=[
            sample_steps,
            distribution,
            Stepper,
            product,
            unit_over_time,
            match,
            alike,
            beam.beam_search,
        ],
    ),
    "training": part(
        lab=Learning,
        variant=partial(pick_text, Learning.name),
        cards=cards.training.CARDS,
        title="Training",
        question="From gibberish to words: what does it learn first?",
        maths=lambda lab: formulas.learning(lab.settings, lab.progress, len(lab.vocabulary)),
        tabs={"Curves": losses},
        code=[Learning._advance, characters.CharNet, characters.fresh, characters.passages_loss],
        files=[("Download the weights (safetensors)", "char.safetensors", Learning.weights)],
        opening=150,
        head=weights,
    ),
    "memory": part(
        lab=Remembering,
        cards=lambda lab: cards.memory.cards(trained()),
        title="Memory",
        question="Why does a plain RNN forget?",
        maths=lambda lab: formulas.memory(lab.untrained, lab.settings["bias"]),
        code=[memory.reach, cells.rnn_back, cells.lstm_back, jacobians.of_rnn, jacobians.of_lstm],
        opening=200,
    ),
    "quiz": guessing,
}
page_of_parts(LAB, PARTS, default="networks")
