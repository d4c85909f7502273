"""How does a sentence become another?  An encoder, a decoder, and what it looks at."""

from functools import partial

from labs import zoo
from labs.data.helpdesk import desk, dialogues
from labs.data.shortened import drops, pairs
from labs.models.shortener import Shortener
from labs.models.translation import beam, decode, net
from labs.models.translation import bleu as scores
from labs.numerals import written
from labs.sequences.translation import bottleneck, tasks, trace
from labs.sequences.translation.chat import formulas as of_chat
from labs.sequences.translation.chat.answer import answer, draw
from labs.sequences.translation.chat.experiment import Chat
from labs.sequences.translation.controls import NETS, TITLES
from labs.sequences.translation.experiment import Translate
from labs.sequences.translation.learning import Learning, train_step
from labs.sequences.translation.shorten import formulas as of_shorten
from labs.sequences.translation.shorten.experiment import NET, Shorten
from labs.sequences.translation.shorten.tags import rounds, tag
from pages.ui.cards import translation as cards
from pages.ui.chat import chat
from pages.ui.page import Blocks, Part, page_of_parts

LAB = "translation"


def translating(lab: Translate) -> Blocks:
    """The step of the decoder, with the numbers of the chosen place."""
    now, place = lab.trace, lab.place
    metrics = {TITLES[key]: zoo.manifest()[name]["metrics"] for key, name in NETS.items()}
    quality = "; ".join(
        f"{key}: {m['bleu']:.1f} on all {m['test_pairs']:.0f} held-out pairs, "
        f"{m['bleu_10_words_and_more']:.1f} where the sentence has 10 words or more"
        for key, m in metrics.items()
    )
    if now is None:
        return ()
    weights = now.attention[place]
    at = int(weights.argmax())
    look = (
        f"For the chosen piece the largest weight is {weights[at]:.4f}, on "
        f"“{trace.shown(now.source[at])}”; the weights sum to {weights.sum():.4f}."
        if lab.net.attends
        else "This net has no weights: c is the same for all pieces."
    )
    p = now.log_p[place].exp()
    best = int(p.argmax())
    return (
        (r"e_{ij} = v^{\top} \tanh(W s_{i-1} + U h_j), \quad \alpha_i = \mathrm{softmax}(e_i), "
         r"\quad c_i = \sum_j \alpha_{ij} h_j", look),
        (r"s_i = \mathrm{GRU}(s_{i-1}, [y_{i-1}; c_i]), \quad "
         r"p_i = \mathrm{softmax}(E \tanh(V [s_i; c_i; y_{i-1}]) + b)",
         f"Of {len(p)} pieces the likeliest here is “{trace.shown(best)}” with {p[best]:.4f}."),
        (r"\ln p(y \mid x) = \sum_i \ln p(y_i \mid y_1 \ldots y_{i-1}, x)",
         f"{written(now.log_prob, '.4f')} for the {len(now.tokens)} pieces"
         + (" and the end." if now.ended else ", without an end.")),
        (r"\text{score} = \frac{\ln p(y \mid x)}{((5 + n) / 6)^{a}}",
         "The length penalty a is the knob of the search; n counts the pieces and the end."),
        (r"\mathrm{BLEU} = \min(1, e^{1 - r / c}) \left(\prod_{n=1}^{4} p_n\right)^{1/4}",
         f"p_n: share of n-grams that the reference has too; c and r: words of the translations "
         f"and of the references. {quality}."),
    )  # fmt: skip


def costs(lab: bottleneck.Bottleneck) -> Blocks:
    """What the right translation costs, and how alike two vectors are."""
    both = {TITLES[key]: float(bottleneck.measured(name).costs[lab.opened])
            for key, name in NETS.items()}  # fmt: skip
    near = lab.alike()[0] if lab.typed else None
    return (
        (r"-\frac{1}{n} \sum_i \ln p(y_i \mid y_1 \ldots y_{i-1}, x)",
         "The right translation of the open sentence, in nats a piece: "
         + ", ".join(f"{written(v, '.4f')} {title}" for title, v in both.items()) + "."),
        (r"\cos(u, v) = \frac{u \cdot v}{|u| |v|}",
         f"The nearest vector has {written(near[1], '.4f')}." if near else "No sentence is typed."),
    )  # fmt: skip


def answering(lab: Chat) -> Blocks:
    """The attention over all that was said, and how unsure the answer is."""
    metrics = zoo.manifest()[lab.net_name]["metrics"]
    return of_chat.formulas(lab.talk, *lab.place, metrics) if lab.talk.turns else ()


def shortening(lab: Shorten) -> Blocks:
    """The probability of the chosen word, and what was measured."""
    metrics = zoo.manifest()[NET]["metrics"]
    limit = lab.settings["limit"]
    return of_shorten.formulas(lab.tags, lab.place, limit, metrics) if lab.tags.words else ()


part = partial(Part, sources=cards.SOURCES)
PARTS = {
    "translate": part(
        lab=Translate,
        cards=cards.translating.CARDS,
        title="Translate",
        question="How does a sentence become another? Type, and drag what it looks at.",
        maths=translating,
        code=[net.Translator.encode, net.Translator.attend, net.Translator.step, net.gru,
              trace.translate, beam.beam_rounds],
    ),
    "length": part(
        lab=bottleneck.Bottleneck,
        cards=cards.bottleneck.CARDS,
        title="Length",
        question="What does it cost to press a sentence through one vector? Click a dot.",
        maths=costs,
        code=[bottleneck.costs, bottleneck.vectors, bottleneck.plane, scores.bleu],
    ),
    "learn": part(
        lab=Learning,
        cards=cards.learning.CARDS,
        title="Learn it live",
        question="Does it find out by itself where to look? Watch the diagonal appear.",
        code=[train_step, net.Translator.forward, net.Translator.attend, decode.greedy, tasks.draw],
        opening=40,
    ),
    "chat": part(
        lab=Chat,
        cards=cards.chat.CARDS,
        title="Ask it",
        question="Can the same net hold a conversation? Say something, and open its answer.",
        maths=answering,
        code=[net.Translator.encode, net.Translator.attend, answer, draw,
              desk.walk, dialogues.lead],
        aside=partial(chat, key="translation.chat"),
    ),
    "shorten": part(
        lab=Shorten,
        cards=cards.shorten.CARDS,
        title="Shorten",
        question="Which words can a sentence do without? Type, and each one is kept or not.",
        maths=shortening,
        code=[Shortener.states, Shortener.forward, tag, rounds, drops, pairs],
    ),
}  # fmt: skip
if len(NETS) < 2:
    del PARTS["length"]  # there is nothing to compare
page_of_parts(LAB, PARTS, default="translate")
