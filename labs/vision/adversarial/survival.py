"""What the stage shows of an attack that meets the world: other treatments, other nets."""

from typing import TYPE_CHECKING

import torch

from labs.live import Frame
from labs.vision.adversarial import survive
from labs.vision.adversarial.frames import paint
from labs.vision.adversarial.nets import network

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial


@torch.no_grad()
def show(lab: "Adversarial", frame: Frame) -> None:
    """Add the attacked picture after every treatment, and what all nets say of it."""
    run, settings = lab.run, lab.settings
    images = survive.treated(run.verdict.image, settings)
    said = lab.model(torch.cat(list(images.values()))).softmax(1)
    knobs = tuple(settings[knob] for knob in survive.RANGES)
    unharmed = lab.keep(
        "unharmed", knobs,
        lambda: lab.model(torch.cat(list(survive.treated(run.x, settings).values()))).argmax(1),
    ).tolist()  # fmt: skip
    rows = []
    for (name, image), p, was in zip(images.items(), said, unharmed, strict=True):
        paint(lab, frame, f"survive.{name}", image)
        now = int(p.argmax())
        # the treatment alone may do it: then it is not the attack that fools
        fools = lab.survived[name] = run.fools(now) and run.fools(now, was)
        undone = "undone" if run.verdict.won else "not fooled"
        title = "fools" if fools else "wrong when clean" if now == was != run.says else undone
        frame.notes["titles"][f"survive.{name}"] = title
        told = f"{quoted(lab.label(now))} {p[now]:.0%}", "yes" if fools else "no"
        rows.append([survive.told(name, settings), quoted(lab.label(was)), *told])
    frame.notes["tables"]["survival"] = {"rows": rows}
    others = [(k, title) for k, title in lab.subject.nets.items() if k != settings["net"]]
    frame.notes["tables"]["transfer"] = {"rows": [transfer(lab, *other) for other in others]}


def transfer(lab: "Adversarial", name: str, title: str) -> list[str]:
    """Return what another net says of the picture before and after, and whether it is fooled."""
    run, other = lab.run, network(name)
    before = lab.keep(f"before {name}", (), lambda: other(run.x)[0].softmax(0))
    after = other(run.verdict.image)[0].softmax(0)
    a, b = int(before.argmax()), int(after.argmax())
    said = [f"{quoted(lab.label(k))} {p[k]:.0%}" for k, p in ((a, before), (b, after))]
    return [title, *said, "yes" if run.fools(b, a) else "no"]


def quoted(label: str) -> str:
    """Return a class so that a digit is not read as a number."""
    return f"“{label}”" if label.isdigit() else label
