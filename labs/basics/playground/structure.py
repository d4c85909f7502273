"""Touching the net: units and layers come and go, weights are set, frozen and cut."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch

from labs.basics.playground.features import SINGLE
from labs.basics.playground.settings import MOST_LAYERS, MOST_UNITS, sizes
from labs.live.checks import number, option, shown, whole
from labs.models.dense import ACTIVATIONS

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

LARGEST = 1e6  # size of a weight that is typed in


def receive(lab: "Playground", event: Mapping) -> None:
    """Take in an event of the network panel.  Raises ValueError in one sentence."""
    kind = event.get("kind")
    if kind in ("hover", "select"):
        _point_at(lab, event, str(kind))
    elif kind == "leave":
        lab.hovered = None
    elif kind in ("add_unit", "remove_unit", "add_layer", "remove_layer", "activation"):
        _build(lab, event, str(kind))
    elif kind == "feature":
        _feature(lab, event.get("key"))
    elif kind in ("edge", "weight", "freeze", "cut"):
        _edge(lab, event, str(kind))
    else:
        raise ValueError(f"The net knows no event {shown(kind)}.")


def frozen(lab: "Playground") -> list[int]:
    """Return the places in theta that do not move."""
    free = lab.run.net.free
    return [] if free is None else (~free).nonzero().flatten().tolist()


def place(lab: "Playground", layer: int, unit: int, source: int) -> int:
    """Return where in theta a weight lies; source 0 is the bias."""
    w = lab.run.net.weights[layer]
    return int(w.storage_offset()) + unit * w.shape[1] + source


def _point_at(lab: "Playground", event: Mapping, kind: str) -> None:
    layers = lab.run.net.layers
    low = -1 if kind == "hover" else 0
    layer = whole(event.get("layer"), low, len(layers) - 1, "A layer")
    width = len(lab.features) if layer < 0 else layers[layer].size
    unit = whole(event.get("unit"), 0, width - 1, "A unit")
    if kind == "hover":
        lab.hovered = (layer, unit)
    else:
        lab.selected, lab.edge = (layer, unit), None


def _build(lab: "Playground", event: Mapping, kind: str) -> None:
    widths = sizes(str(lab.settings["layers"]))
    names = str(lab.settings["activation"]).split(",")
    names = [names[min(i, len(names) - 1)] for i in range(len(widths))]
    most = len(widths) if kind == "add_layer" else len(widths) - 1
    layer = whole(event.get("layer"), 0, max(0, most), "A layer")
    if kind == "add_layer":
        if len(widths) >= MOST_LAYERS:
            raise ValueError(f"There is room for {MOST_LAYERS} hidden layers.")
        widths.insert(layer, 4)
        names.insert(layer, names[min(layer, len(names) - 1)] if names else "tanh")
    elif not widths:
        raise ValueError("There is no hidden layer; add one first.")
    elif kind == "remove_layer":
        del widths[layer], names[layer]
    elif kind == "activation":
        names[layer] = option(event.get("value"), ACTIVATIONS, "An activation")
    else:
        widths[layer] += 1 if kind == "add_unit" else -1
        if not 1 <= widths[layer] <= MOST_UNITS:
            raise ValueError(f"A layer has from 1 to {MOST_UNITS} units.")
    lab.settings["layers"] = ",".join(map(str, widths))
    if names:
        lab.settings["activation"] = names[0] if len(set(names)) == 1 else ",".join(names)
    lab.reshape()


def _feature(lab: "Playground", key: object) -> None:
    if lab.settings["kind"] != "none":
        raise ValueError("This set of features comes as a whole; choose “one by one” first.")
    known = [feature.key for feature in SINGLE]
    wanted = set(str(lab.settings["features"]).split(",")) ^ {option(key, known, "A feature")}
    if not wanted:
        raise ValueError("A net needs one feature at least.")
    lab.settings["features"] = ",".join(k for k in known if k in wanted)
    lab.reshape()


def _edge(lab: "Playground", event: Mapping, kind: str) -> None:
    net = lab.run.net
    layer = whole(event.get("layer"), 0, len(net.layers) - 1, "A layer")
    unit = whole(event.get("unit"), 0, net.layers[layer].size - 1, "A unit")
    source = whole(event.get("source"), 0, net.shapes[layer][1] - 1, "An input")
    lab.edge, lab.selected = (layer, unit, source), (layer, unit)
    if kind == "edge":
        return
    at = place(lab, layer, unit, source)
    if kind == "weight":
        net.theta[at] = number(event.get("value"), -LARGEST, LARGEST, "A weight")
    else:
        if net.free is None:
            net.free = torch.ones_like(net.theta, dtype=torch.bool)
        thaw = kind == "freeze" and not net.free[at]
        net.free[at] = thaw
        if kind == "cut":
            net.theta[at] = 0.0
        if bool(net.free.all()):
            net.free = None
        lab.preview = None
    lab.run.rebase()
    lab.run.look()
