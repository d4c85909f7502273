"""What there is to see: the frame of the playground, card by card."""

from typing import TYPE_CHECKING

import torch

from labs.basics.playground import diagnosis
from labs.basics.playground.challenges import CHALLENGES
from labs.basics.playground.compare import curves, replay, sweep
from labs.basics.playground.eye import eye_of, field_of
from labs.basics.playground.hidden import hidden_space
from labs.basics.playground.picture import network, plane
from labs.basics.playground.presets import PRESETS
from labs.basics.playground.settings import USUAL
from labs.basics.playground.unit import arithmetic
from labs.live import Frame
from labs.live.challenges import met

if TYPE_CHECKING:
    from labs.basics.playground.experiment import Playground


def frame(lab: "Playground") -> Frame:
    """Return everything that is in sight."""
    eye = eye_of(lab)
    p = eye.look()
    field = field_of(lab, p)
    lab.dead, lab.saturated = diagnosis.spots(lab.run)
    f = Frame(
        notes={
            "settings": lab.settings | {"preset": lab.preset} | lab.axes,
            "titles": {},
            "tops": {},
        }
    )
    f.notes["idle"] = ["data", "noise"] if lab.cloud.own else []  # they made other points
    if lab.sees("net"):
        network(lab, f, p)
        plane(lab, f, p, field, eye)
        f.values["loss"] = curves(lab, "train", "test")
        pace = lab.pace.note(lab.steps)
        f.notes["titles"]["loss"] = f"{pace:.0f} epochs a second" if pace else ""
        f.notes["log"] = {"loss": lab.settings["scale"] == "log"}
        story(lab, f)
    if lab.sees("unit"):
        arithmetic(lab, f, eye)
    if lab.sees("replay"):
        replay(lab, f, field)
    for card, add in CARDS.items():
        if lab.sees(card):
            add(lab, f)
    lab.met = met(CHALLENGES, lab.met, lab)
    f.notes["met"] = sorted(lab.met)
    share(lab, f)
    now = lab.run.history[-1]
    f.notes["say"] = f"Epoch {lab.run.epoch}: loss {now.train:.3f} train, {now.test:.3f} test."
    return f


def story(lab: "Playground", f: Frame) -> None:
    """Add what the preset is about and what is happening."""
    preset = PRESETS[lab.preset]
    said = diagnosis.sentences(lab.run, lab.dead, lab.saturated, lab.sharpness())
    f.notes["words"] = {"story": [
        {"title": preset.title, "text": preset.text},
        *({"title": "" if k else "What is happening", "text": text}
          for k, text in enumerate(said[:2])),
    ]}  # fmt: skip


def numbers(lab: "Playground", f: Frame) -> None:
    """Add the scores and the confusion matrix."""
    run, classes, now = lab.run, lab.cloud.classes, lab.run.history[-1]
    f.values["score"] = curves(lab, "train_score", "test_score")
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


CARDS = {"numbers": numbers, "hidden": hidden_space, "sweep": sweep}


def _score(score: float) -> str:
    return f"{score:.3f}" if abs(score) < 1e3 else "none"  # of a lost run, or without points


def share(lab: "Playground", f: Frame) -> None:
    """Add what the address must say and no knob writes there itself."""
    state = lab.address()
    news = state | dict.fromkeys(lab.shared.keys() - state.keys(), "")
    if lab.rewritten:  # many settings at once, by a situation or a net of the sweep
        usual = {k: "" if v == USUAL[k] else _written(v) for k, v in lab.settings.items()}
        news = usual | news
    if lab.rewritten or state != lab.shared:
        f.notes["address"] = news
        lab.shared, lab.rewritten = state, False


def _written(value: str | float | int) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
