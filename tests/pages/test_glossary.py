"""Terms in a text open their lines; nothing else in it is touched."""

from labs.lectures.terms import terms
from pages.ui.glossary import EVERYDAY, MOST, linked, pieces


def test_a_term_is_found_once_as_a_whole_word_the_longest_first():
    text = "Momentum, not momentums; Nesterov momentum is another. A logit is no logitech."
    found = pieces(text)
    assert "".join(written for written, _, _ in found) == text
    assert [(w, name) for w, name, _ in found if name] == [
        ("Momentum", "momentum"), ("Nesterov momentum", "Nesterov momentum"), ("logit", "logit"),
    ]  # fmt: skip


def test_few_are_linked_and_no_everyday_word():
    names = [term.name for term in terms()]
    assert set(names) >= EVERYDAY
    plain = [name for name in names if "(" not in name and "," not in name]
    linked_names = [name for _, name, _ in pieces("; ".join(plain)) if name]
    assert len(linked_names) == MOST
    assert pieces("The state of a layer, a class, a weight.") == [
        ("The state of a layer, a class, a weight.", "", "")
    ]


def test_formulas_code_and_links_stay_as_they_are():
    kept = r"$\mathrm{momentum}$, `momentum` and [momentum](https://example.org)"
    assert linked(kept) == kept
    assert linked("With dropout.").startswith('With [dropout](terms?term=dropout "')


def test_what_a_link_says_of_a_term_is_safe_in_markdown():
    assert not [term.name for term in terms() if set(term.meaning) & set('"\n')]
