"""What the shortener computes, with its numbers now."""

from collections.abc import Mapping

from labs.sequences.translation.shorten.tags import Tags

Blocks = tuple[tuple[str, str], ...]  # formulas, each with a sentence of its numbers


def formulas(tags: Tags, place: int, limit: float, metrics: Mapping[str, float]) -> Blocks:
    """Return the formulas of the chosen word and of what was measured."""
    half = tags.states.shape[1] // 2
    p = float(tags.p[place])
    return (
        (r"p_j = \sigma\left(w^{\top} [\overrightarrow{h}_j; \overleftarrow{h}_j] + b\right)",
         f"“{tags.words[place]}” is kept with {p:.4f}: {half} numbers of all that stands before "
         f"it and {half} of all that stands after it. Above {limit:.2f} a word stays."),
        (r"L = -\frac{1}{n} \sum_j t_j \ln p_j + (1 - t_j) \ln (1 - p_j)",
         f"t is the share of shorter versions that keep a word, over "
         f"{metrics['training_sentences']:,.0f} sentences. Nobody wrote these as summaries: both "
         "are sentences of one list, and the shorter is contained in the longer."),
        (r"F_1 = \frac{2 \cdot |\text{ours} \cap \text{theirs}|}{|\text{ours}| + |\text{theirs}|}",
         f"On {metrics['test_sentences']:,.0f} held-out sentences {metrics['f1_kept']:.3f} of the "
         f"words that stay ({metrics['f1_kept_if_all_are']:.3f} if all stayed) and "
         f"{metrics['f1_left_out']:.3f} of those that go; "
         f"{metrics['a_sentence_of_the_data']:.1%} become word by word a sentence of the list."),
    )  # fmt: skip
