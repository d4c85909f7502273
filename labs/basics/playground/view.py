"""The net with every unit's map, the plane with the points, what is happening, the scores."""

from collections.abc import Sequence

import torch
from torch import Tensor

from labs.basics.playground import diagnosis
from labs.basics.playground.cloud import Cloud
from labs.basics.playground.compare import Kept, curves
from labs.basics.playground.events import Pointer, frozen
from labs.basics.playground.eye import PLACES, SIDE, Eye, small
from labs.basics.playground.features import SINGLE, Feature, apply
from labs.basics.playground.presets import Preset
from labs.basics.playground.run import Run
from labs.live import Frame
from labs.models.dense import Passes

BOUNDED = ("tanh", "sigmoid", "sine")


def offered(features: Sequence[Feature]) -> Sequence[Feature]:
    """Return the features to choose from, or the set that comes as a whole."""
    return SINGLE if features[0] in SINGLE else features


def feature_maps(features: Sequence[Feature]) -> Tensor:
    """Return the maps of the features that are offered."""
    return small(apply(offered(features), PLACES))


def network(f: Frame, eye: Eye, p: Passes, pointer: Pointer, *, gradient: bool) -> None:
    """Add the net: its structure, weights or their gradient, and every unit's map."""
    run, net = eye.run, eye.run.net
    f.maps["units"] = torch.cat([small(a) for a in p.a])  # layer by layer
    f.values["theta"] = net.theta.float()
    if gradient:
        f.values["slopes"] = run.gradient()
    shown, active = offered(eye.features), {x.key for x in eye.features}
    f.notes["network"] = {
        "features": [{"key": x.key, "name": x.name, "on": x.key in active} for x in shown],
        "single": shown is SINGLE,
        "layers": [
            {"size": layer.size, "activation": layer.activation, "at": int(w.storage_offset())}
            for layer, w in zip(net.layers, net.weights, strict=True)
        ],
        "limits": [
            1.0 if layer.activation in BOUNDED else diagnosis.limits(a)
            for layer, a in zip(net.layers, p.a, strict=True)
        ],
        "frozen": frozen(net),
        "dead": diagnosis.dead(run),
        "saturated": diagnosis.saturated(run),
        "selected": pointer.selected,
        "edge": pointer.edge,
        "gradient": gradient,
    }


def plane(f: Frame, eye: Eye, p: Passes, field: Tensor, pointer: Pointer) -> None:
    """Add the plane: the output's field or the hovered unit's."""
    task, last = eye.run.setup.task, len(eye.run.net.layers) - 1
    title, limit, shown = "output · white rim: train, dark rim: test", 1.0, field
    if pointer.hovered is not None:
        layer, k = pointer.hovered
        shown = (eye.x if layer < 0 else p.a[layer])[k].view(1, SIDE, SIDE)
        if layer < 0:
            title = eye.features[k].name
        else:
            limit = f.notes["network"]["limits"][layer]
            title = f"unit {k + 1} of " + ("the output" if layer == last else f"layer {layer + 1}")
    f.maps["plane"] = shown
    unit = pointer.hovered is not None
    probability = not unit and task.loss.name in ("binary cross-entropy", "one-vs-rest")
    f.notes["plane"] = {
        "classes": task.classes,
        "limit": limit,
        "word": "p(blue)" if probability else "value",
        "probability": probability and task.classes == 2,
        "unit": unit,
        "probe": pointer.probe,
    }
    f.notes["titles"]["plane"] = title


def story(f: Frame, run: Run, preset: Preset, curvature: float | None, *, other: bool) -> None:
    """Add what the preset is about and what is happening; other: on other points than its own."""
    net = f.notes["network"]
    now = diagnosis.sentences(run, net["dead"], net["saturated"], curvature)
    f.notes["words"] = {"story": [
        {"title": "Your own situation", "text": f"It began as “{preset.title}”; the points are "
         "others now."} if other else {"title": preset.title, "text": preset.text},
        *({"title": "" if k else "What is happening", "text": text}
          for k, text in enumerate(now[:2])),
    ]}  # fmt: skip


def numbers(f: Frame, run: Run, kept: Kept | None) -> None:
    """Add the scores, those of run A beside them, and the confusion matrix."""
    classes, now = run.setup.task.classes, run.history[-1]
    f.values["score"] = curves(run.history, kept, "train_score", "test_score")
    word = "share right" if classes else "R²"
    f.notes["titles"]["score"] = (
        f"{word}: train {_score(now.train_score)}, test {_score(now.test_score)}"
    )
    if classes and run.test.y.numel():
        f.values["confusion"] = run.setup.task.confusion(run.output(run.test), run.test.y)
        f.notes["captions"] = {"confusion": "share of each true class, test points"}
    elif not classes:
        f.values["confusion"] = torch.zeros(1, 1)
        f.notes["captions"] = {"confusion": "a number has no classes to confuse"}


def points(cloud: Cloud) -> Tensor:
    """Return the points with their classes, and whether they train, (4, N)."""
    return torch.stack([*cloud.x.float(), cloud.y.float(), cloud.train.float()])


def _score(score: float) -> str:
    return f"{score:.3f}" if abs(score) < 1e3 else "none"  # of a lost run, or without points
