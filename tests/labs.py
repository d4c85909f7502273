"""Every lab of the house, and a walk through one: what the contract tests are about."""

import random
from importlib import import_module
from pathlib import Path

from labs.live.controls import Button, Choice, Knob
from labs.live.lab import Lab

ROOT = Path(__file__).parents[1]
SECTIONS = ("basics", "vision", "sequences", "generative", "play")


def all_labs() -> dict[str, type[Lab]]:
    """Return every lab by its name."""
    for section in SECTIONS:
        for file in sorted((ROOT / "labs" / section).rglob("*.py")):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    found, left = {}, [Lab]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.name and kind.__module__.startswith("labs."):
                found[kind.name] = kind
    return found


def holding(lab: Lab) -> set[str]:
    """Return the keys of the challenges that hold now, whoever brought it about."""
    evidence = lab.evidence()
    return {c.key for c in lab.challenges if c.done(*evidence)}


def settings_walk(lab: Lab, seed: int, length: int = 20) -> list[dict]:
    """Return random events from the lab's own controls: knobs at any place, choices, buttons; none
    that trains, of which an address says nothing.
    """
    rng, events = random.Random(seed), []
    for control in rng.choices([c for c in lab.controls if hasattr(c, "name")], k=length):
        match control:
            case Knob():
                value = rng.choice(
                    [control.low, control.high, rng.uniform(control.low, control.high)]
                )
            case Choice():
                value = rng.choice(control.keys)
            case Button(trains=False):
                value = True
            case _:
                continue
        events.append({"setting": control.name, "value": value})
    return events
