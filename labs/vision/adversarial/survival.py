"""What the stage shows of an attack that meets the world: other treatments, other nets."""

from dataclasses import dataclass

import torch
from torch import Tensor

from labs.live import Frame
from labs.vision.adversarial import survive
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.scene import Scene
from labs.vision.adversarial.view import paint


@dataclass(frozen=True)
class Treated:
    """The attacked picture after one treatment, and what the net says of it."""

    image: Tensor  # (1, C, H, W)
    p: Tensor  # (K,)
    was: int  # the class of the clean picture after the same treatment
    fools: bool

    @property
    def says(self) -> int:
        """The class that the treated picture is given."""
        return int(self.p.argmax())


@torch.no_grad()
def treated(scene: Scene) -> dict[str, Treated]:
    """Return by treatment what becomes of the attacked picture."""
    run = scene.run
    knobs = tuple(scene.settings[knob] for _, knob in survive.WAYS.values() if knob)

    def clean() -> list[int]:
        images = survive.treated(run.x, scene.settings).values()
        return run.model(torch.cat(list(images))).argmax(1).tolist()

    def attacked() -> dict[str, Treated]:
        images = survive.treated(run.verdict.image, scene.settings)
        logits = run.model(torch.cat(list(images.values())))
        found = {}
        for (name, image), p, was in zip(images.items(), logits.softmax(1), unharmed, strict=True):
            says = int(p.argmax())
            # the treatment alone may do it: then it is not the attack that fools
            found[name] = Treated(image, p, was, run.fools(says) and run.fools(says, was))
        return found

    unharmed = scene.keep("unharmed", knobs, clean)
    return scene.keep("treated", (scene.plan, run.moment.count, *knobs), attacked)


def survived(scene: Scene) -> dict[str, bool]:
    """Return by treatment whether the attack still fools after it; with nothing drawn it cannot."""
    return {name: one.fools and not scene.empty for name, one in treated(scene).items()}


def show(frame: Frame, scene: Scene) -> None:
    """Add the attacked picture after every treatment, and what all nets say of it."""
    run, rows = scene.run, []
    for name, one in treated(scene).items():
        paint(scene, frame, f"survive.{name}", one.image)
        if scene.empty:
            frame.notes["titles"][f"survive.{name}"] = "the pad is empty"
            continue
        undone = "undone" if run.verdict.won else "not fooled"
        wrong = "wrong when clean" if one.says == one.was != run.says else undone
        frame.notes["titles"][f"survive.{name}"] = "fools" if one.fools else wrong
        rows.append([
            survive.label(name, scene.settings), quoted(scene.label(one.was)),
            f"{quoted(scene.label(one.says))} {one.p[one.says]:.0%}", "yes" if one.fools else "no",
        ])  # fmt: skip
    others = {k: v for k, v in scene.subject.nets.items() if k != scene.settings["net"]}
    if others:  # without another net there is no card of tables
        rows_of_others = [] if scene.empty else [transfer(scene, *one) for one in others.items()]
        frame.notes["tables"] |= {"survival": {"rows": rows}, "transfer": {"rows": rows_of_others}}


@torch.no_grad()
def transfer(scene: Scene, name: str, title: str) -> list[str]:
    """Return what another net says of the picture before and after, and whether it is fooled."""
    run, other = scene.run, network(name)
    before = scene.keep(f"before {name}", (), lambda: other(run.x)[0].softmax(0))
    after = other(run.verdict.image)[0].softmax(0)
    a, b = int(before.argmax()), int(after.argmax())
    both = [f"{quoted(scene.label(k))} {p[k]:.0%}" for k, p in ((a, before), (b, after))]
    return [title, *both, "yes" if run.fools(b, a) else "no"]


def quoted(label: str) -> str:
    """Return a class so that a digit is not read as a number."""
    return f"“{label}”" if label.isdigit() else label
