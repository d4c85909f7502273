"""What there is to see: the frame of the playground, card by card."""

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.basics.playground import challenges, diagnosis, structure
from labs.basics.playground.eye import SIDE, Eye, tiles
from labs.basics.playground.features import SINGLE, apply
from labs.basics.playground.hidden import hidden_space
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.run import Moment
from labs.basics.playground.settings import USUAL
from labs.basics.playground.unit import arithmetic
from labs.live import Frame
from labs.models.dense import Passes

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground

POINTS = 200  # of a curve on the screen
BOUNDED = ("tanh", "sigmoid", "sine")


@dataclass(frozen=True)
class Kept:
    """A run that was kept for comparison: what it was, how it went, what it said."""

    words: str
    history: list[Moment]
    field: Tensor  # (1 or classes, SIDE, SIDE)


def frame(lab: "Playground") -> Frame:
    """Return everything that is in sight."""
    eye = eye_of(lab)
    p = eye.look()
    field = field_of(lab, p)
    f = Frame(notes={"settings": lab.settings | {"preset": lab.preset}, "titles": {}})
    if lab.sees("net"):
        network(lab, f, p, eye)
        plane(lab, f, p, field, eye)
        f.values["loss"] = curves(lab, "train", "test")
        f.notes["titles"]["loss"] = pace(lab)
        f.notes["log"] = {"loss": lab.settings["scale"] == "log"}
    if lab.sees("unit"):
        arithmetic(lab, f, eye)
    if lab.sees("story"):
        story(lab, f)
    if lab.sees("numbers"):
        numbers(lab, f)
    if lab.sees("replay"):
        replay(lab, f, field)
    if lab.sees("hidden"):
        hidden_space(lab, f)
    if lab.sees("sweep"):
        sweep(lab, f)
    lab.met |= challenges.met(lab)
    f.notes["met"] = sorted(lab.met)
    share(lab, f)
    now = lab.run.history[-1]
    f.notes["say"] = f"Epoch {lab.run.epoch}: loss {now.train:.3f} train, {now.test:.3f} test."
    return f


def pace(lab: "Playground") -> str:
    """Return how many epochs a second were trained lately, in words."""
    now, steps = time.monotonic(), lab.steps
    began, count, said = getattr(lab, "_pace", (now, steps, ""))
    if steps < count or now - began > 3:
        began, count, said = now, steps, ""
    elif now - began > 1:
        rate = (steps - count) / (now - began)
        said = f"{rate:.0f} epochs a second" if rate else ""
        began, count = now, steps
    lab._pace = began, count, said
    return said


def eye_of(lab: "Playground") -> Eye:
    """Return the eye for the net as it is built now."""
    eye = getattr(lab, "_eye", None)
    if eye is None or eye.seen is not lab.run.net:
        eye = lab._eye = Eye(lab.run, lab.features)
    eye.run = lab.run
    return eye


def field_of(lab: "Playground", p: Passes) -> Tensor:
    """Return what the plane shows of the output: (1 or classes, SIDE, SIDE)."""
    return lab.run.setup.task.field(p.output).view(-1, SIDE, SIDE)


def network(lab: "Playground", f: Frame, p: Passes, eye: Eye) -> None:
    """Add the net: its structure, weights and every unit's map."""
    net, run = lab.run.net, lab.run
    if "features" not in lab.told:
        shown = SINGLE if lab.settings["kind"] == "none" else lab.features
        f.maps["features"] = apply(shown, _small_places()).view(-1, SIDE // 2, SIDE // 2)
        lab.told.add("features")
    f.maps["units"] = tiles(p)
    f.values["theta"] = net.theta
    gradient = lab.settings["edges"] == "gradient"
    if gradient:
        f.values["slopes"] = whole_gradient(lab)
    shown = SINGLE if lab.settings["kind"] == "none" else lab.features
    active = {feature.key for feature in lab.features}
    dead = diagnosis.dead(run)
    lab.dead, lab.saturated = dead, diagnosis.saturated(run)
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
        "dead": dead,
        "saturated": lab.saturated,
        "selected": lab.selected,
        "edge": lab.edge,
        "gradient": gradient,
    }  # fmt: skip


def whole_gradient(lab: "Playground") -> Tensor:
    """Return the gradient of the training loss, all points at once."""
    net, sample, loss = lab.run.net, lab.run.train, lab.run.setup.task.loss
    p = net.forward(sample.x)
    return net.backward(p, loss.slope(p.output, sample.t))


def plane(lab: "Playground", f: Frame, p: Passes, field: Tensor, eye: Eye) -> None:
    """Add the plane: the output's field or the hovered unit's, and the points."""
    task, classes = lab.run.setup.task, lab.cloud.classes
    title, limit, shown, unit = "output", 1.0, field, lab.hovered
    if classes == 0:
        limit = 1.0
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


def curves(lab: "Playground", *names: str) -> Tensor:
    """Return (1 + 4, points): epochs, this run's two values, and run A's two."""
    mine, kept = lab.run.history, lab.kept.history if lab.kept else []
    rows = {m.epoch: [getattr(m, n) for n in names] for m in _thin(mine)}
    theirs = {m.epoch: [getattr(m, n) for n in names] for m in _thin(kept)}
    nothing = [math.nan] * len(names)
    table = [
        [epoch, *rows.get(epoch, nothing), *theirs.get(epoch, nothing)]
        for epoch in sorted(rows.keys() | theirs.keys())
    ]
    return torch.tensor(table).T.contiguous()


def _thin(history: list[Moment]) -> list[Moment]:
    stride = max(1, len(history) // POINTS)
    return [*history[:-1:stride], *history[-1:]]


def story(lab: "Playground", f: Frame) -> None:
    """Add what the preset is about and what is happening."""
    preset = PRESETS[lab.preset]
    said = diagnosis.sentences(
        lab.run, diagnosis.dead(lab.run), diagnosis.saturated(lab.run), lab.sharpness()
    )
    f.notes["words"] = {
        "story": [{"title": preset.title, "text": preset.text}],
        "news": [{"title": "What is happening" if k == 0 else "", "text": text}
                 for k, text in enumerate(said[:3])],
    }  # fmt: skip


def numbers(lab: "Playground", f: Frame) -> None:
    """Add the scores and the confusion matrix."""
    run, classes, now = lab.run, lab.cloud.classes, lab.run.history[-1]
    f.values["score"] = curves(lab, "train_score", "test_score")
    word = "share right" if classes else "R²"
    f.notes["titles"]["score"] = f"{word}: train {now.train_score:.3f}, test {now.test_score:.3f}"
    if classes and run.test.y.numel():
        f.values["confusion"] = run.setup.task.confusion(run.output(run.test), run.test.y)
        f.notes["captions"] = {"confusion": "share of each true class, test points"}
    elif not classes:
        f.values["confusion"] = torch.zeros(1, 1)
        f.notes["captions"] = {"confusion": "a number has no classes to confuse"}


def replay(lab: "Playground", f: Frame, field: Tensor) -> None:
    """Add run A beside run B."""
    f.maps["run_b"] = _one(field)
    f.notes["titles"]["run_b"] = words(lab)
    if lab.kept is not None:
        f.maps["run_a"] = _one(lab.kept.field)
        f.notes["titles"]["run_a"] = lab.kept.words
    else:
        f.maps["run_a"] = torch.zeros(1, SIDE, SIDE)
        f.notes["titles"]["run_a"] = "nothing kept yet"
    f.values["replay"] = curves(lab, "train", "test")


def _one(field: Tensor) -> Tensor:
    """A field as one signed map: of classes, the first two against each other."""
    return field if len(field) == 1 else field[1:2] - field[:1]


def keep(lab: "Playground") -> Kept:
    """Return the run as it is now, to be compared with."""
    field = field_of(lab, eye_of(lab).look()).clone()
    return Kept(words(lab), list(lab.run.history), field)


def words(lab: "Playground") -> str:
    """Return a run's settings in a few words."""
    s = lab.settings
    parts = [
        f"{s['layers'] or 'no hidden layer'}", str(s["activation"]), str(s["optimizer"]),
        f"η {s['learning_rate']:.2g}", f"batch {s['batch']}",
    ]  # fmt: skip
    parts += [f"{k} {s[k]:g}" for k in ("l1", "l2", "dropout", "max_norm") if s[k]]
    return ", ".join(parts) + f" · epoch {lab.run.epoch}"


def sweep(lab: "Playground", f: Frame) -> None:
    """Add the sixteen little planes."""
    s = lab.sweep
    if s is None:
        f.maps["sweep"] = torch.zeros(16, 4, 4)
        f.notes["titles"]["sweep"] = "start one: all sixteen nets train when you press play"
        return
    x = eye_of(lab).x.view(-1, SIDE, SIDE)[:, 1::3, 1::3]
    side = x.shape[1]
    output = s.net.forward(x.reshape(len(x), -1).double()).output  # (16, outputs, side * side)
    task = lab.run.setup.task
    fields = torch.stack([_one(task.field(o).view(-1, side, side))[0] for o in output])
    f.maps["sweep"] = fields.nan_to_num(0, 0, 0).clamp(-1, 1)
    losses = s.losses()
    best = int(losses.nan_to_num(math.inf).argmin())
    f.notes["labels"] = {
        "sweep": [f"{name} · {loss:.3f}" for name, loss in zip(s.labels(), losses.tolist(),
                                                               strict=True)]
    }  # fmt: skip
    f.notes["marks"] = {"sweep": [{"unit": best, "box": None}]}
    f.notes["titles"]["sweep"] = f"epoch {s.epoch}; the outlined net has the smallest test loss"


def share(lab: "Playground", f: Frame) -> None:
    """Add what the address must say and the browser does not know yet."""
    changed = {k: v for k, v in lab.settings.items() if v != USUAL[k]}
    state = {k: str(v) for k, v in changed.items()} | lab.address()
    if state != getattr(lab, "_shared", {}):
        gone = dict.fromkeys(getattr(lab, "_shared", {}).keys() - state.keys(), "")
        f.notes["address"] = state | gone
        lab._shared = state


def _small_places() -> Tensor:
    from labs.basics.playground.eye import PLACES

    return PLACES.view(2, SIDE, SIDE)[:, ::2, ::2].reshape(2, -1)
