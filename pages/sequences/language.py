"""Text from memory: n-grams, recurrent networks that write, and what they remember."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from labs.figures.curves import curves
from labs.models import cells
from labs.models.ngram import LONGEST, NGrams
from labs.sequences.language import Writer, beam, dice, export, formulas, memory, quiz
from labs.sequences.language.challenges import CHALLENGES
from labs.sequences.language.inside import match, unit_over_time
from labs.sequences.language.learning import Learning
from labs.sequences.language.nets import shipped
from labs.sequences.language.remembering import Remembering, trained
from labs.sequences.language.sampling import distribution, sample_steps
from labs.sequences.language.stepper import Stepper
from pages.ui import lesson
from pages.ui.cards import language as cards
from pages.ui.pair import pair
from pages.ui.stage import link, plain, stage, use
from pages.ui.texts import identity, pick_text

LAB = "language"


def address(session, lab, controls) -> str:
    """Return the link that opens this part of the page as it is now."""
    found, part = link(session, lab, controls), st.session_state["language.part"]
    return f"{found}{'&' if '?' in found else '?'}{urlencode({'language.part': part})}"


def weigh(lab: dice.Dice) -> None:
    """Perplexity on the held-out tenth against n, with back-off and without."""
    if lines := lab.weighed():
        axes = {"x_title": "n", "y_title": "perplexity, held out", "log": True}
        figure = curves(lines, theme=lesson.theme(), **axes)
        st.plotly_chart(figure, theme=None, key="language:weigh", alt="perplexity against n")
    st.markdown(formulas.turning_up(lines))


def counted(lab: dice.Dice) -> None:
    """How n-grams are counted."""
    unit, n, context = lab.settings["unit"], int(lab.settings["n"]), lab.context[-LONGEST:]
    again = partial(export.counting_script, lab.tokens.text, unit, context, n)
    lesson.code([NGrams, dice.roll], again, "ngrams.py")


@st.fragment
def counting() -> None:
    """n-grams: count, roll the die, write."""
    corpus = pick_text("language.dice", {dice.COWS.name: dice.COWS})
    make, card = partial(dice.Dice, corpus), cards.dice(corpus is dice.COWS)
    session = use("language.dice", make, cards.DICE, ["rolled"], variant=identity(corpus))
    share = partial(address, session, "language.dice", cards.DICE)
    lesson.question("Counting", "What follows “cows eat”? Count, and roll a weighted die.", share)
    stage(session, "language.dice", [card])
    parts = {"Maths": lambda lab: lesson.maths(*formulas.counting(lab)),
             "Perplexity against n": weigh, "Code": counted}  # fmt: skip
    lesson.tabs("language.dice", session, parts)


def continued(lab: Writer) -> None:
    """What a beam search would write instead."""
    width = st.slider("beam width", 1, 32, 8, key="language.beam")
    st.code(beam.continuations(lab.page, width), language=None, wrap_lines=True)


def written(lab: Writer) -> None:
    """How it was written."""
    functions = [sample_steps, distribution, Stepper, unit_over_time, match, beam.beam_search]
    lesson.code(functions, partial(export.script, *lab.recipe), "writer.py")


@st.fragment
def writing() -> None:
    """The trained networks: sample, type, look inside."""
    nets = {key: net.title for key, net in shipped().items()}
    controls = (cards.net(nets), *cards.WRITING)
    session = use(LAB, Writer, controls, drawings=["page"])
    question = "How does a network write? Let it, and look at any unit while it does."
    lesson.question("Networks", question, partial(address, session, LAB, controls))
    stage(session, LAB, cards.writing(nets, CHALLENGES))
    parts = {"Maths": lambda lab: lesson.maths(*formulas.writing(lab)),
             "Beam search": continued, "Code": written}  # fmt: skip
    lesson.tabs(LAB, session, parts)


@st.fragment
def training() -> None:
    """A network from scratch."""
    corpus, controls = pick_text("language.train"), cards.TRAINING
    session = use("language.train", partial(Learning, corpus), controls, variant=identity(corpus))
    share = partial(address, session, "language.train", controls)
    lesson.question("Training", "From gibberish to words: what does it learn first?", share)
    stage(session, "language.train", [cards.TRAIN])
    details = st.expander("Curves and weights", key="language:closer", on_change="rerun")
    if details.open:
        with details, session.lock:
            lab, axes = session.experiment, {"x_title": "step", "y_title": "nats a character"}
            figure = curves(lab.history(), theme=lesson.theme(), **axes)
            st.plotly_chart(figure, theme=None, key="language:losses", alt="loss over steps")
            lesson.download("Download the weights (safetensors)", lab.weights, "char.safetensors")
            lesson.bring("Go on from weights (safetensors)", "language.weights", lab.take)


def remembered(lab: Remembering) -> None:
    """How gradients go back through time."""
    again = partial(export.memory_script, lab.settings["radius"], lab.settings["bias"])
    lesson.code([memory.reach, cells.rnn_back, cells.lstm, cells.lstm_back], again, "memory.py")


@st.fragment
def remembering() -> None:
    """Gradients through time, and a task that needs memory."""
    session = use("language.memory", Remembering, cards.MEMORY)
    share = partial(address, session, "language.memory", cards.MEMORY)
    lesson.question("Memory", "Why does a plain RNN forget?", share)
    stage(session, "language.memory", cards.memory(list(trained())))
    parts = {"Maths": lambda lab: lesson.maths(*formulas.memory(lab)), "Code": remembered}
    lesson.tabs("language.memory", session, parts)


@st.fragment
def guessing() -> None:
    """The lecture's quiz."""
    st.title("Quiz", anchor=False)
    if quiz.subject() is None:
        return lesson.notice("The quiz needs Shakespeare's text; download it under n-grams.")
    st.markdown(":gray[Which is the real one?]")
    warm = st.slider("temperature", 0.3, 1.5, 0.7, 0.05, key="language.quiz")
    told = f"One is {plain(quiz.subject()[1].name)}, held out; the other is the network's."
    return pair("language.pair", partial(quiz.fresh, warm), warm, told)


PARTS = {"n-grams": counting, "networks": writing, "training": training, "memory": remembering,
         "quiz": guessing}  # fmt: skip
chosen = st.segmented_control(
    "part", PARTS, default="networks", required=True, key="language.part", bind="query-params",
    label_visibility="collapsed",
)  # fmt: skip
PARTS[chosen]()
with st.expander("Sources"):
    lesson.sources(*cards.SOURCES)
