"""Random walks through a lab, as hands take them: settings, drawings, points, units, texts."""

import random
from contextlib import suppress
from typing import Any

from labs.live.controls import Button, Choice, Knob
from labs.live.frame import Frame
from labs.live.lab import ANY, LOOKING, Lab

LENGTH = 20  # events of a walk
PATIENT = 8  # throws for an event that the lab takes
NOT_WALKED = (*LOOKING, "restore", "lift")  # no acts, or a browser's that comes back
TEXTS = {
    "f": ("x*y + sin(x)", "a/b - exp(c)", "relu(x1*w1 + x2*w2)", "x**2 + 3*x", "log(q)*2"),
    "letters": ("Müller", "Ito", "O'Brien", "Zhang Wei", "", "  Ana  "),
    "page": ("To be, or not", "for k in range(9):\n", "", "a,b", "  ", "the king is"),
    "typed": ("77", "0", "12345678", "3 1", ""),
    "other": ("4072", "", "9", "00"),
    "rolled": ("the cows", "cows eat", "", "to be", "milk"),
}
WORDS = ("the", "x1", "relu", "tanh", "sigmoid", "x1x2", "sinx1")


def walk(lab: Lab, seed: int, length: int = LENGTH) -> list[dict]:
    """Do so many random acts that the lab takes; after each the hand rests, and frames are seen.

    What it refuses must be refused by a ValueError; another act is then tried in its place.
    """
    rng, done = random.Random(f"{lab.name} {seed}"), []
    for _ in range(length):
        frame = lab.frame()
        lab.rest()
        for _ in range(PATIENT):
            event = act(lab, frame, rng)
            with suppress(ValueError):
                lab.receive(event)
                done.append(event)
                break
        if done and done[-1].get("kind") == "stroke":
            with suppress(ValueError):  # a curve's pen is not lifted
                lab.receive({"panel": done[-1]["panel"], "kind": "lift"})
    lab.frame()
    lab.rest()
    return done


def act(lab: Lab, frame: Frame, rng: random.Random) -> dict:
    """Return an act at random: half of them are of the controls, half of the panels."""
    kinds = [(panel, kind) for panel, kind in lab.on if kind not in NOT_WALKED]
    controls = [c for c in lab.controls if isinstance(c, Knob | Choice) or pressed(c)]
    if not kinds or (controls and rng.random() < 0.5):
        return turned(rng.choice(controls), rng)
    panel, kind = rng.choice(kinds)
    if kind == ANY:
        kind = rng.choice([k for k in PAD if panel != "timeline"] or ["moment"])
    if panel == ANY:
        panel = rng.choice(panels(frame))
    return {"panel": panel, "kind": kind, **fields(lab, frame, panel, kind, rng)}


PAD = ("stroke", "stroke", "undo", "clear", "sample", "moment")


def pressed(control: object) -> bool:
    """Whether a control is a button of which an address knows what it does."""
    return isinstance(control, Button) and not control.trains


def turned(control: object, rng: random.Random) -> dict:
    """Return a control put somewhere."""
    value: Any = True
    if isinstance(control, Knob):
        value = rng.choice(
            [control.low, control.high, *[rng.uniform(control.low, control.high)] * 3]
        )
    elif isinstance(control, Choice):
        value = rng.choice(control.keys)
    return {"setting": control.name, "value": value}


def panels(frame: Frame) -> list[str]:
    """Return what may be the name of a panel."""
    names = {*frame.maps, *frame.values, *frame.images, *frame.notes}
    return sorted({name.partition(".")[0] for name in names} | names)


def fields(lab: Lab, frame: Frame, panel: str, kind: str, rng: random.Random) -> dict:
    """Return what an event of this kind may hold; most labs read a few of these."""
    reach = rng.choice((1, 1, 3, 6))
    x, y = rng.uniform(-reach, reach), rng.uniform(-reach, reach)
    few, many = rng.randrange(3), rng.randrange(rng.choice((4, 16, 100)))
    begin = rng.randrange(40)
    more: dict[str, Any] = {
        "x": x, "y": y, "u": rng.random(), "v": rng.random(), "label": few,
        "layer": few, "source": few, "unit": rng.choice((few, many)),
        "index": rng.choice((few, many)),
        "row": many, "col": rng.randrange(30), "key": rng.choice(WORDS),
        "from": begin, "to": begin + rng.randrange(1, 20), "begin": True,
        "width": rng.choice((40, 90)),
        "box": [begin, begin + few, few, rng.randrange(40)],
        "cells": [[begin, rng.randrange(40)], [begin + many, rng.randrange(40)]],
        "value": x,
    }  # fmt: skip
    note = frame.notes.get(panel)
    if kind in ("slide", "type") and isinstance(note, list):
        more["name"] = rng.choice(note)["name"] if note else "x"
    if kind in ("text", "type") and panel in TEXTS:
        more["value"] = rng.choice(TEXTS[panel])
    elif kind in ("moment", "sample"):
        more["value"] = rng.randrange(10)
    elif kind == "activation":
        more["value"] = rng.choice(WORDS)
    elif kind == "stroke" and "points" not in more:
        more["points"] = stroke(panel, rng)
    elif kind == "block":
        more["path"] = path(note, rng)
    return more


def stroke(panel: str, rng: random.Random) -> list[list[float]]:
    """Return a stroke: over a pad in its units, over a curve in those of its axes."""
    if panel in ("sketch", "pen"):
        return [[rng.uniform(-1, 1), rng.uniform(-1, 1)] for _ in range(rng.randrange(1, 6))]
    return [[rng.randrange(512), rng.randrange(512)] for _ in range(rng.randrange(1, 8))]


def path(note: object, rng: random.Random) -> str:
    """Return the path of a block of a network."""
    blocks = note.get("blocks", []) if isinstance(note, dict) else []
    return rng.choice(blocks)["path"] if blocks else ""
