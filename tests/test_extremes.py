"""No lab writes "nan", "inf" or "1 layers", wherever its controls are put and however far it is
trained.
"""

import random
import re
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from labs.live.controls import Choice, Knob
from labs.live.lab import Lab
from tests.labs import all_labs

LABS = all_labs()
WALKS = 6  # for each lab
ENOUGH = 2.0  # seconds after which no other walk is begun
STEPS = 20  # after every walk
RAW = re.compile(r"(?<![A-Za-z])(nan|inf)(?![A-Za-z])")
WILD = {  # settings at which the numbers run away
    "depth": {"depth": 50, "width": 64, "activation": "relu", "initial": "unit normal",
              "gain": 1.07, "norm": "on", "residual": "on", "learning_rate": 3},
    "optimizers": dict.fromkeys(("sgd", "momentum", "nesterov"), 3.0),
    "playground": {"preset": "hot"},
    "approximation": {"activation": "identity", "depth": 4, "learning_rate": 1, "folds": 1},
    "autodiff": {"preset": "kinks"},
}  # fmt: skip
NOUNS = (
    "layers|units|bends|pieces|steps|epochs|updates|numbers|taps|weights|maps|rows|parameters|"
    "characters|letters|bits|pixels|points|octaves|paths|pictures|operations|names|tokens|times|"
    "examples|neurons|classes|nodes|values|words|channels|places|columns|products"
)
PLURAL = re.compile(rf"(?<![\w.,×·^=/−+*] )(?<![\w.,×·^/−+*])1 ({NOUNS})\b")


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below a note with its path; a number that JSON writes as NaN is one."""
    match value:
        case str():
            yield path, value
        case float() if value != value or abs(value) == float("inf"):
            yield path, repr(value)
        case dict():
            for key, below in value.items():
                yield from texts(below, f"{path}/{key}")
        case list() | tuple():
            for below in value:
                yield from texts(below, path)


def driven(lab: Lab, seed: int) -> Iterator[Lab]:
    """Put the knobs of a lab to their ends and choose options at random, then take steps; the first
    walk is the one that is known to run away, if there is one.
    """
    rng = random.Random(seed)
    knobs = [c for c in lab.controls if isinstance(c, Knob)]
    others = [c for c in lab.controls if isinstance(c, Choice)]
    ends = {knob.name: rng.choice((knob.low, knob.high)) for knob in knobs}
    if seed < 2:  # all at one end
        ends = {knob.name: (knob.low, knob.high)[seed] for knob in knobs}
    options = {choice.name: rng.choice(choice.keys) for choice in others}
    known = WILD.get(lab.name, {}) if seed == 0 else {}
    for name, value in (known or options | ends).items():  # an option may bring knobs of its own
        try:
            lab.receive({"setting": name, "value": value})
        except ValueError:
            continue  # it refuses in a sentence
    yield lab
    with suppress(ValueError):  # it has nothing to train, as it says in a sentence
        for _ in range(STEPS):
            if not lab.step():
                break
    lab.rest()
    yield lab


@pytest.mark.parametrize("name", LABS)
def test_no_text_says_nan_or_inf_or_one_things(name):
    began, found = time.monotonic(), set()
    for seed in range(WALKS):
        if time.monotonic() - began > ENOUGH:
            break
        for lab in driven(LABS[name](), seed):
            for path, text in texts(lab.frame().notes):
                if RAW.search(text) or PLURAL.search(text):
                    found.add((seed, path, text))
    assert not found
