"""Changing the settings: what each change costs, from nothing to a new beginning."""

from typing import TYPE_CHECKING

from labs.basics.playground import compare
from labs.basics.playground.cloud import Cloud, from_link, generate
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.settings import (
    FRESH,
    LIVE,
    MOST_LAYERS,
    MOST_UNITS,
    POINTS,
    SHAPE,
    TEXTS,
    USUAL,
    checked,
    setup,
)
from labs.basics.playground.sweep import Sweep
from labs.live.checks import cards, option, rounded

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

SWEEPS = {"sweep_rate": "rate", "sweep_seed": "seed"}


def receive(lab: "Playground", name: object, value: object) -> None:
    """Take in a setting or a button.  Raises ValueError in one sentence."""
    if name == "visible":
        lab.visible = cards(value)
    elif name == "again":
        lab.restart()
    elif name == "fresh":
        change(lab, "seed", int(lab.settings["seed"]) % 999 + 1)
    elif name == "batch_step":
        if lab.sweep is None and not lab.run.fault:
            lab.run.step()
    elif name == "keep":
        compare.replay_from_here(lab)
    elif isinstance(name, str) and name in SWEEPS:
        lab.sweep = Sweep(lab.run, SWEEPS[name])
    elif name == "back":
        lab.sweep = None
    elif name == "preset":
        _preset(lab, option(value, PRESETS, "A preset"))
    elif name in ("hidden_layer", "hidden_x", "hidden_y"):
        _look_at(lab, str(name), value)
    else:
        change(lab, str(name), checked(name, value))


def link(lab: "Playground", name: object, value: object) -> None:
    """Take in what a link says beside the knobs.  Raises ValueError in one sentence."""
    if name == "points":
        lab.put(from_link(str(value)))
    elif name == "preset":
        lab.preset = option(value, PRESETS, "A situation")
    elif name in TEXTS:
        change(lab, str(name), checked(name, value))
    else:
        raise ValueError("The link says something that the playground does not know.")


def change(lab: "Playground", name: str, value: str | float | int) -> None:
    """Set a setting to a checked value, and do what follows from it."""
    before = lab.settings[name]
    if before == value:
        return
    lab.settings[name] = value
    if lab.cloud.own and name == "share":
        lab.cloud.divide(float(value), int(lab.settings["seed"]))
        lab.replace_points()
    elif name == "data" or (name in POINTS and not lab.cloud.own):
        lab.cloud = points(lab)
        lab.restart() if name in ("data", "seed") else lab.replace_points()
    elif name in FRESH:
        lab.restart()
    elif name in SHAPE:
        try:
            lab.reshape()
        except ValueError:
            lab.settings[name] = before
            raise
    elif name in LIVE:
        lab.run.setup = setup(lab.settings, lab.cloud.classes)


def points(lab: "Playground") -> Cloud:
    """Return the points that the settings ask for."""
    s = lab.settings
    return generate(str(s["data"]), float(s["noise"]), float(s["share"]), int(s["seed"]))


def _preset(lab: "Playground", name: str) -> None:
    if name == lab.preset:  # a browser that comes back says again what it knows
        return
    lab.preset, lab.rewritten = name, True
    lab.settings = dict(USUAL) | dict(PRESETS[name].settings)
    lab.cloud = points(lab)
    lab.restart()


def _look_at(lab: "Playground", name: str, value: object) -> None:
    layer, x, y = lab.hidden
    most = MOST_LAYERS if name == "hidden_layer" else MOST_UNITS
    n = rounded(value, 1, most, "A layer or a unit") - 1
    if name == "hidden_layer":
        layer = min(n, max(0, len(lab.run.net.layers) - 2))
    width = lab.run.net.layers[layer].size
    x, y = (n if name == "hidden_x" else x), (n if name == "hidden_y" else y)
    lab.hidden = (layer, min(x, width - 1), min(y, width - 1))
