"""A visitor's changes to LeNet as a link holds them: units switched off, and kernels' edited cells.

`conv1.3_fc1.17` are a map and a dense unit; `conv2.3.4.7~0.5` is cell 7 of the kernel by which map
3 reads map 4, and its weight.
"""

import re

from labs.vision.digit.weights import SWITCHES, Edited

CHANNELS = {"conv1": 1, "conv2": 6}  # input maps of the kernels that may be edited
CELLS = 100  # edited cells for which a link has room
MOST = {"off": sum(shape[0] for shape in SWITCHES.values()), "cells": CELLS}
FORMS = {
    "off": re.compile(r"(conv1|conv2|fc1|fc2)\.(\d{1,3})", re.ASCII),
    "cells": re.compile(
        r"(conv[12])\.(\d{1,2})\.(\d)\.(\d{1,2})~(-?\d{1,2}(?:\.\d+)?(?:e-\d+)?)", re.ASCII
    ),
}


def to_link(weights: Edited) -> dict[str, str]:
    """Return the changes by name, "" where there are none, or more edited cells than `CELLS`."""
    off = [f"{layer}.{unit}" for layer, units in weights.off.items() for unit in sorted(units)]
    cells = []
    for layer in CHANNELS:
        now, before = (w[f"{layer}.weight"] for w in (weights.tensors, weights.original))
        for unit, channel, row, col in (now != before).nonzero().tolist():
            value = now[unit, channel, row, col].item()
            cells.append(f"{layer}.{unit}.{channel}.{5 * row + col}~{value:.9g}")
    return {"off": "_".join(off), "cells": "_".join(cells) if len(cells) <= CELLS else ""}


def from_link(weights: Edited, name: str, text: str) -> None:
    """Make the changes that `to_link` wrote under a name.  Raises ValueError, and changes nothing,
    for anything else.
    """
    words = text.split("_", MOST[name])
    found = [FORMS[name].fullmatch(word) for word in words]
    if len(words) > MOST[name] or not all(match and _exists(*match.groups()) for match in found):
        what = "switches" if name == "off" else "edited kernels"
        raise ValueError(f"The {what} in the link are damaged; the net is as it was trained.")
    for match in found:
        layer, unit, *cell = match.groups()
        if cell:
            weights.edit(layer, int(unit), int(cell[0]), int(cell[1]), float(cell[2]))
        elif int(unit) not in weights.off[layer]:
            weights.switch(layer, int(unit))


def _exists(layer: str, unit: str, channel: str = "0", cell: str = "0", _value: str = "") -> bool:
    inside = int(unit) < SWITCHES[layer][0] and int(cell) < 25
    return inside and int(channel) < CHANNELS.get(layer, 1)
