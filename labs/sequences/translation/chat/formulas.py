"""What a conversation computes, each formula with its numbers now."""

from collections.abc import Mapping

from labs.models.translation.pieces import END
from labs.numerals import written
from labs.sequences.translation.chat.talk import Talk
from labs.sequences.translation.chat.view import shown

Blocks = tuple[tuple[str, str], ...]  # formulas, each with a sentence of its numbers


def formulas(talk: Talk, turn: int, place: int, metrics: Mapping[str, float]) -> Blocks:
    """Return the formulas of the opened word and of the whole net."""
    answer = talk.answers[turn]
    weights, p = answer.attention[place], answer.log_p[place].exp()
    at, token = int(weights.argmax()), [*answer.tokens, END][place]
    H = float(answer.entropies[place])
    mean = float(answer.entropies.mean())
    return (
        (r"x = [\,\text{you:}\; u_1\; \text{net:}\; r_1\; \ldots\; \text{you:}\; u_k], \quad "
         r"p(r_k \mid x) = \prod_i p(y_i \mid y_1 \ldots y_{i-1}, x)",
         f"All that was said is one sequence of {len(answer.source)} words and marks; the answer "
         f"has {len(answer.tokens)} words and ln p = {written(answer.log_prob, '.4f')}."),
        (r"\alpha_i = \mathrm{softmax}_j\, v^{\top} \tanh(W s_{i-1} + U h_j), \quad "
         r"c_i = \sum_j \alpha_{ij} h_j",
         f"For “{shown(talk, token)}” the largest of {len(weights)} weights is "
         f"{weights[at]:.4f}, on “{answer.words[at]}” at place {at + 1}."),
        (r"H_i = -\sum_w p_i(w) \ln p_i(w), \quad \bar H = \frac{1}{n} \sum_i H_i",
         f"The entropy here is {H:.4f} nats (p = {float(p[token]):.4f} for the word); the mean "
         f"over the answer is {mean:.4f}. A net that knows nothing has ln {len(p)} = "
         f"{float(p.new_tensor(len(p)).log()):.4f}."),
        (r"p_T(w) \propto p(w)^{1 / T}",
         "Other answers are drawn word by word; T below 1 makes the likely likelier."),
        (r"\text{right} = \frac{1}{N} \sum_n [\,\hat r_n = r_n\,]", measured(metrics)),
    )  # fmt: skip


def measured(metrics: Mapping[str, float]) -> str:
    """Return what was measured of a net, in sentences."""
    if "right" in metrics:
        quality = (
            f"{metrics['right']:.1%} of {metrics['test_questions']:.0f} held-out questions get, "
            f"word by word, the right one of 90 answers; after other talk it is "
            f"{metrics['right_after_other_talk']:.1%}."
        )
    else:
        quality = (
            f"A simulated user was led to the right end in {metrics['led_to_the_right_end']:.1%} "
            f"of {metrics['led_dialogues']:.0f} unseen dialogues. An answer costs "
            f"{metrics['nats_a_turn']:.2f} nats; the grammar itself draws between ways to say one "
            f"thing, {metrics['nats_a_turn_of_the_rules']:.2f} nats a turn, and no net can cost "
            "less on average."
        )
    return (
        f"{quality} 95 % of such answers have a mean entropy below {metrics['entropy_limit']:.2f} "
        f"nats. Asked what belongs to the other net's world, {metrics['elsewhere_unsure']:.1%} of "
        f"its answers lie above; in {metrics['elsewhere_unknown_words']:.1%} of these questions "
        "there is a word that it does not know. A net can be sure where it knows nothing."
    )
