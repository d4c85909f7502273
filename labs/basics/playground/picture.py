"""The picture: the net with every unit's map, and the big plane with the points."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.basics.playground import diagnosis, structure
from labs.basics.playground.eye import PLACES, SIDE, Eye, tiles
from labs.basics.playground.features import SINGLE, apply
from labs.live import Frame
from labs.models.dense import Passes

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

BOUNDED = ("tanh", "sigmoid", "sine")


def network(lab: "Playground", f: Frame, p: Passes) -> None:
    """Add the net: its structure, weights and every unit's map."""
    net = lab.run.net
    if "features" not in lab.told:
        shown = SINGLE if lab.settings["kind"] == "none" else lab.features
        f.maps["features"] = apply(shown, _small_places()).view(-1, SIDE // 2, SIDE // 2)
        lab.told.add("features")
    f.maps["units"] = tiles(p)
    f.values["theta"] = net.theta.float()
    gradient = lab.settings["edges"] == "gradient"
    if gradient:
        f.values["slopes"] = lab.run.gradient()
    shown = SINGLE if lab.settings["kind"] == "none" else lab.features
    active = {feature.key for feature in lab.features}
    f.notes["network"] = {
        "features": [
            {"key": x.key, "name": x.name, "on": x.key in active} for x in shown
        ],
        "single": lab.settings["kind"] == "none",
        "layers": [
            {"size": layer.size, "activation": layer.activation, "at": int(w.storage_offset())}
            for layer, w in zip(net.layers, net.weights, strict=True)
        ],
        "limits": [
            1.0 if layer.activation in BOUNDED else diagnosis.limits(a)
            for layer, a in zip(net.layers, p.a, strict=True)
        ],
        "frozen": structure.frozen(lab),
        "dead": lab.dead,
        "saturated": lab.saturated,
        "selected": lab.selected,
        "edge": lab.edge,
        "gradient": gradient,
    }  # fmt: skip


def plane(lab: "Playground", f: Frame, p: Passes, field: Tensor, eye: Eye) -> None:
    """Add the plane: the output's field or the hovered unit's, and the points."""
    task, classes = lab.run.setup.task, lab.cloud.classes
    title, limit, shown, unit = "output", 1.0, field, lab.hovered
    if unit is not None:
        layer, k = unit
        if layer < 0:
            shown = eye.x[k].view(1, SIDE, SIDE)
            title = lab.features[k].name
        else:
            shown = p.a[layer][k].view(1, SIDE, SIDE)
            limit = f.notes["network"]["limits"][layer]
            last = layer == len(lab.run.net.layers) - 1
            title = f"unit {k + 1} of " + ("the output" if last else f"layer {layer + 1}")
    f.maps["plane"] = shown
    if "points" not in lab.told:
        cloud = lab.cloud
        f.values["points"] = torch.stack([*cloud.x.float(), cloud.y.float(), cloud.train.float()])
        lab.told.add("points")
    probability = task.loss.name in ("binary cross-entropy", "one-vs-rest")
    f.notes["plane"] = {
        "classes": classes,
        "limit": limit,
        "word": "p(blue)" if unit is None and probability else "value",
        "probability": unit is None and probability and classes == 2,
        "unit": unit is not None,
        "probe": lab.probe,
    }
    rim = "white rim: train, dark rim: test"
    f.notes["titles"]["plane"] = f"{title} · {rim}" if unit is None else title


def _small_places() -> Tensor:
    return PLACES.view(2, SIDE, SIDE)[:, ::2, ::2].reshape(2, -1)
