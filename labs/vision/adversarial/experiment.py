"""The lab's experiment: one picture, one net, one attack, run again at every change."""

from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from labs.live import Frame
from labs.live.checks import numbers, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import ANY, Lab
from labs.training import begun_anew
from labs.vision.adversarial import export, rivals, survival, view
from labs.vision.adversarial.challenges import challenges
from labs.vision.adversarial.controls import SURVIVAL, controls
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.pair import Pair
from labs.vision.adversarial.plan import Plan, highest, on_slider, plan
from labs.vision.adversarial.record import Slope, slope
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.scene import Scene
from labs.vision.adversarial.smallest import Search, Smallest, smallest
from labs.vision.adversarial.subjects import (
    YOURS,
    DrawnDigit,
    ImageNetPhoto,
    Photograph,
    Subject,
    subject,
)

LARGEST = 1000  # row or column that a link may name
T = TypeVar("T")


class Adversarial(Lab):
    """A network being fooled; `title` says on what: "Drawing", "Photograph" or "ImageNet"."""

    name = "adversarial"
    on = {("x", ANY): "draw", ("moments", "moment"): "scrub", (ANY, "click"): "choose_pixel"}
    slow = True  # a step of an attack on a photograph takes its time: its own lane

    def __init__(self, title: str = "Drawing") -> None:
        self.subject: Subject = subject(title)
        self.controls = (*controls(self.subject), *SURVIVAL)
        self.challenges = challenges(self.subject.kind)
        drawn = ("x",) if isinstance(self.subject, DrawnDigit) else ()
        self.links = (*drawn, "pixel", "moment")
        super().__init__()
        self.pixel = self._middle  # the one under inspection
        self._kept: dict[str, tuple[tuple, Any]] = {}
        self._search = Search()

    @property
    def steps(self) -> int:
        """Steps of the attack so far."""
        return self.run.count - 1

    @property
    def eager(self) -> bool:
        """Whether an attack that takes its time waits to be set going."""
        return not self.run.plan.live and not self.run.begun

    def step(self) -> bool:
        """Take one step of an attack that is too slow for the hand; False when it is over."""
        return self.run.advance()

    def show(self) -> Frame:
        """Return the picture before and after, what was added, and what the net says."""
        scene = self.scene
        frame = view.attack(scene)
        if self.sees("survive") or self.sees("survive-transfer"):  # they share their numbers
            survival.show(frame, scene)
        if self.sees("rivals"):
            rivals.show(frame, scene)
        if isinstance(self.subject, DrawnDigit):
            self.subject.pad.tell(frame)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Take another photograph."""
        if name == "photo" and self.settings["photo"] != before:
            self.subject.choose(str(self.settings["photo"]))

    def usual(self, name: str) -> Value | None:
        """No address says that the photograph is the visitor's own: it does not hold that."""
        own = name == "photo" and self.settings["photo"] == YOURS
        return YOURS if own else super().usual(name)

    def evidence(self) -> tuple:
        """Return the attack, and by treatment whether it then still fools, if that is in sight."""
        scene = self.scene
        return scene, survival.survived(scene) if self.sees("survive") else {}

    def to_link(self) -> dict[str, str]:
        """Return the drawing or the kind of picture, by which the page chooses, the pixel, and the
        moment of the attack that is shown.
        """
        found = {
            "pixel": "" if self.pixel == self._middle else "{},{}".format(*self.pixel),
            "moment": "" if self.run.shown is None else str(self.run.shown),
        }
        if isinstance(self.subject, DrawnDigit):
            return found | self.subject.pad.address()
        return found | {"subject": self.subject.title}

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing, the pixel or the moment of a link."""
        if name == "moment":
            self.scrub({"value": places(text, LARGEST)[0]})
        elif name == "x":
            self.draw({"kind": "link", "value": text})
        else:
            last = self.subject.side - 1  # the link may be of a larger picture
            row, col = (min(int(v), last) for v in numbers(text, 2, 0, LARGEST))
            self.pixel = row, col

    def left_out(self) -> str:
        """Say what picture or attack a link does not hold."""
        subject = self.subject
        if isinstance(subject, Photograph) and subject.name == YOURS:
            return "The picture that you brought stays here."
        if not self.run.plan.live and self.steps:
            return begun_anew(self.steps, "step", "attack")
        return subject.pad.left_out() if isinstance(subject, DrawnDigit) else ""

    def settle(self) -> bool:
        """Search for what was put off while the hand moved; whether there was anything."""
        before = self._search.state
        self.least(now=True)
        return before != self._search.state

    def script(self) -> str:
        """Return the script that attacks the same picture in the same way."""
        return export.script(self.scene)

    @property
    def scene(self) -> Scene:
        """The attack as it is now, for whoever reads it."""
        return Scene(self.subject, dict(self.settings), self.run, self.slope(), self.least(),
                     self.pixel, self.keep)  # fmt: skip

    @property
    def plan(self) -> Plan:
        """What the settings ask for."""
        return plan(self.settings, large=isinstance(self.subject, ImageNetPhoto))

    @property
    def model(self) -> nn.Module:
        """The net under attack."""
        return network(str(self.settings["net"]))

    @property
    def run(self) -> Run:
        """The attack on the picture as it is now; one that keeps up with the hand is finished."""
        plan = self.plan

        def make() -> Run:
            known = self.slope() if plan.method.climbs else None
            run = Run(self.model, *self._pictures(many=plan.method.many), plan, known)
            return run.finish() if plan.live else run

        return self.keep("run", (plan,), make)

    def least(self, *, now: bool = False) -> Smallest | None:
        """Return the smallest budget that fools, or None while it is not known.

        It does not depend on the slider.  With `now` it is searched for at once.  Only attacks
        that keep up with a hand are asked.
        """
        run = self.run
        method = run.plan.method
        if not (run.plan.live and method.budget) or run.says == run.plan.target:
            return None
        high = highest(self.subject, run.plan.norm)
        state = (self.subject.changes, self.settings["net"], run.plan.with_eps(0))
        return self._search.look(
            state,
            lambda: smallest(self.model, run.x, run.says, run.plan, high, self.slope()),
            now=now, costly=isinstance(self.subject, Photograph),
        )  # fmt: skip

    def slope(self) -> Slope:
        """Return the loss that is attacked, at the clean picture, and its gradient (1, C, H, W)."""
        x, logits = self._pictures(many=False)
        target = self.plan.target
        label = logits.argmax(1) if target is None else torch.tensor([target])
        return self.keep("slope", (target,), lambda: slope(self.model, x, label))

    def keep(self, name: str, state: tuple, make: Callable[[], T]) -> T:
        """Return what `make` made by this name for this picture, net and state, made once."""
        at = (self.subject.changes, self.settings["net"], *state)
        if name not in self._kept or self._kept[name][0] != at:
            self._kept[name] = at, make()
        return self._kept[name][1]

    def draw(self, event: Event) -> None:
        """Take in what the pad sends."""
        if not isinstance(self.subject, DrawnDigit):
            raise ValueError("A photograph is not drawn on.")
        self.subject.pad.receive(event)

    def scrub(self, event: Event) -> None:
        """Look at an earlier moment of the attack."""
        run, last = self.run, len(self.run.moments) - 1
        at = whole(event.get("value"), 0, last, "A moment")
        run.shown = None if at == last else at

    def choose_pixel(self, event: Event) -> None:
        """Inspect the pixel that was clicked."""
        row, col = (whole(event.get(k), 0, self.subject.side - 1, f"A click's {k}")
                    for k in ("row", "col"))  # fmt: skip
        self.pixel = row, col

    def to_least(self) -> None:
        """Put the slider on the smallest budget that fools.  Raises ValueError if none does."""
        found, now = self.least(now=True), self.plan
        if found is None or found.eps is None:
            raise ValueError(
                f"{now.method.title} fools with no budget on this slider."
                if now.method.budget and now.live
                else f"{now.method.title} has no budget to search for."
            )
        self.receive({"setting": f"eps_{now.norm}", "value": on_slider(found.eps, now.norm)})

    def again(self) -> None:
        """Attack from the start."""
        self._kept.pop("run", None)

    def load_picture(self, picture: Tensor) -> None:
        """Attack the visitor's own photograph (1, C, H, W) in [0, 1]."""
        assert isinstance(self.subject, Photograph)
        self.subject.load_picture(picture)
        self.settings["photo"] = YOURS

    def load_pair(self, pair: Pair) -> None:
        """Turn a sample digit into another, as the table did, which meets no challenge."""
        self.draw({"kind": "sample", "value": pair.digit})
        for name, value in pair.settings().items():
            self.receive({"setting": name, "value": value})
        self.restart_challenges()

    @property
    def _middle(self) -> tuple[int, int]:
        return (self.subject.side // 2,) * 2

    def _pictures(self, *, many: bool) -> tuple[Tensor, Tensor]:
        """The clean picture, or several with it first, and their logits."""

        def look() -> tuple[Tensor, Tensor]:
            x = self.subject.picture()
            x = torch.cat([x, self.subject.others()]) if many else x
            with torch.no_grad():
                return x, self.model(x)

        return self.keep("many" if many else "one", (), look)
