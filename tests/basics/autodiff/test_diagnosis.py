"""What the autodiff lab says where a number is infinite or none, or where a slope jumps."""

from labs.basics.autodiff import Autodiff
from labs.basics.autodiff.diagnosis import FINE
from tests.sentences import is_one_sentence

CASES = {
    ("x1 / 0", 2.0): ["divided by 0", "NaN forwards and ∞ backwards", "0 · ∞"],
    ("ln(x1)", -1.0): ["ln has no value at −1.000"],
    ("sqrt(x1)", -1.0): ["no square root", "NaN in both modes", "domain"],
    ("exp(x1)", 1000.0): ["1.8e308"],
    ("relu(x1)", 0.0): ["at a kink", "both modes take 0"],
    ("max(x1, 0)", 0.0): ["at a kink", "both modes take 0.5 and 0.5"],
    ("sqrt(relu(x1))", 0.0): ["NaN forwards and 0.000 backwards", "0 · ∞", "at a kink"],
    ("sqrt(abs(x1))", 0.0): ["NaN in both modes", "0 · ∞", "at a kink"],
}


def said(text: str, value: float) -> str:
    lab = Autodiff()
    lab.receive({"panel": "f", "kind": "text", "value": text})
    lab.receive({"panel": "leaves", "kind": "type", "name": "x1", "value": value})
    return lab.frame().notes["check"]["text"]


def test_what_is_infinite_or_none_is_explained(subtests):
    for (text, value), parts in CASES.items():
        with subtests.test(text):
            found = said(text, value)
            assert not [part for part in parts if part not in found], found
            assert all(is_one_sentence(one) for one in found.split("  ")), found


def test_where_all_is_well_both_modes_agree():
    assert said("x1 * x1 / 3", 2.0) == FINE
