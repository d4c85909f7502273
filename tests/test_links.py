"""No link holds up the event loop: each decoder answers any 10 kB in 5 ms, value or sentence."""

import base64
import gc
import random
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from labs.basics.autodiff.parser import parse
from labs.drawing import from_link
from labs.drawing.pad import Pad
from labs.live.controls import Choice, Knob, same
from labs.live.lab import Lab
from labs.vision.architectures import design
from labs.vision.convolution import kernels
from labs.vision.convolution.channels.weights import Weights
from labs.vision.convolution.pipeline import plan
from labs.vision.digit import link
from labs.vision.digit.weights import Edited
from labs.zoo import load
from tests.labs import all_labs
from tests.sentences import is_one_sentence

LONG = 10_000  # characters
SLOWEST = 0.005  # seconds
ANSWERED = dict.fromkeys(  # nets answer what is read
    ("names.letter", "names.letters", "translation.chat.talk"), 0.030
)
LETTERS = "0123456789-_.,:~;xyze+*/()A"


BEGINNINGS = (  # of texts that some decoder takes
    "1_", "0.15,", "2_1.1.1_", "0.100.1_", "x1:2,", "x*y+", "4,", "conv.12.5.1_", "0_1_1_1~",
    "yours:1_1_1_1_1_1_1_1_1-", "conv1.3_", "conv1.3.0.7~0.5_", "features.",
)  # fmt: skip


def receiver(lab: Lab, name: str) -> Callable[[str], object]:
    return lambda text: lab.receive({"panel": name, "kind": "link", "value": text})


def decoders() -> dict[str, Callable[[str], object]]:
    """Everything that reads a link."""
    digit = Edited(load("lenet-mnist").state_dict())
    labs = {name: kind() for name, kind in all_labs().items() if kind.links}
    return {
        "knob": Knob("a", "a", 0, 9, 1).parse,
        "choice": Choice("a", "a", same("x", "y"), "x").parse,
        "drawing": from_link,
        "expression": parse,
        "design": design.from_text,
        "kernel": kernels.read,
        "row": lambda text: kernels.read_row(text, 30),
        "channels": Weights(3).read,
        "stages": plan.parse,
        "off": lambda text: link.from_link(digit, "off", text),
        "cells": lambda text: link.from_link(digit, "cells", text),
    } | {
        f"{name}.{part}": receiver(lab, part)
        for name, lab in labs.items()
        for part in lab.links
        if part not in {one.name for one in vars(lab).values() if isinstance(one, Pad)}
    }  # a pad reads by `from_link`, and then draws


@cache
def texts() -> tuple[str, ...]:
    """Texts of 10 kB: one letter only, a part that is valid again and again, junk, bombs."""
    dice, made = random.Random(1), []
    for letter in (*LETTERS, "é", "\ud800"):
        made += [letter * LONG, f"{letter}_" * (LONG // 2), f"{letter}," * (LONG // 2)]
    for letter in "0-_,x~(é":
        made += [f"{begin}{letter * LONG}"[:LONG] for begin in BEGINNINGS]
    made += [(begin * LONG)[:LONG] for begin in BEGINNINGS]
    made += ["".join(dice.choices(LETTERS, k=LONG)) for _ in range(20)]
    return (*made, *bombs())


@cache
def bombs() -> tuple[str, ...]:
    """Short texts that unpack to much: numbers without an end, as many strokes as there can be."""
    made = []
    for part in (b"\x80", b"\xff", b"\0", b"\1", b"\x58\1", b"\x58\1\0\0", bytes(range(256))):
        for length in (7000, 16_000, 32_000, 224_000, 7_000_000):
            for window in (15, -15):
                deflate = zlib.compressobj(1, wbits=window)
                data = deflate.compress(part * (length // len(part))) + deflate.flush()
                made.append(base64.urlsafe_b64encode(data).decode().rstrip("=")[:LONG])
    return tuple(made)


@pytest.fixture(scope="module")
def ready() -> Iterator[dict[str, Callable[[str], object]]]:
    """The decoders, with a collector that leaves what is there in peace, as it does in a server."""
    made = decoders()
    gc.collect()
    gc.freeze()
    yield made
    gc.unfreeze()


def cost(decode: Callable[[str], object], text: str) -> float:
    """Return the processor time in s that a text takes, which is read or refused in a sentence."""
    start = time.thread_time()
    try:
        decode(text)
    except ValueError as fault:
        took = time.thread_time() - start
        assert is_one_sentence(str(fault)), str(fault)
        return took
    return time.thread_time() - start


def test_no_link_of_10_kilobytes_takes_more_than_5_ms(subtests, ready):
    for name, decode in ready.items():
        with subtests.test(name):
            most = ANSWERED.get(name, SLOWEST)
            for text in texts():
                best = next((t for _ in range(3) if (t := cost(decode, text)) < most), None)
                assert best is not None, f"{name} {text[:40]!r}"
