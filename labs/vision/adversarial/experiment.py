"""The lab's experiment: one picture, one net, one attack, run again at every change."""

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from labs.challenges import met
from labs.live import Frame
from labs.live.checks import number, shown, whole
from labs.vision.adversarial import challenges, frames, survive
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.plan import Plan, checked, defaults, largest, plan
from labs.vision.adversarial.record import slope
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.smallest import Smallest, smallest
from labs.vision.adversarial.subjects import DrawnDigit, Photograph, Subject, photographs, subject

T = TypeVar("T")
PATIENCE = 0.15  # seconds between two searches for the smallest budget while the hand moves


class Adversarial:
    """A network being fooled; `title` says on what: "Drawing", "Photograph" or "ImageNet"."""

    def __init__(self, title: str = "Drawing") -> None:
        self.subject: Subject = subject(title)
        self.settings = defaults(self.subject) | survive.DEFAULTS
        self.visible: set[str] | None = None  # cards in sight; None: all
        self.pixel = (self.subject.picture().shape[-2] // 2,) * 2  # the one under inspection
        self.met: set[str] = set()
        self.survived: dict[str, bool] = {}  # whether it still fools, by treatment, when last seen
        self._kept: dict[str, tuple[tuple, Any]] = {}  # name -> the state it belongs to, and it
        self._least: Smallest | None = None
        self._least_at: tuple | None = None
        self._searched = 0.0  # when

    # the three verbs

    def receive(self, event: Mapping) -> None:
        """Take in a stroke, a moment, a click or a setting.  Raises ValueError in one sentence."""
        panel, kind = event.get("panel"), event.get("kind")
        pad = getattr(self.subject, "pad", None)
        if pad is not None and panel in (pad.name, "timeline"):
            pad.receive(event)
        elif kind == "moment":
            self._scrub(event.get("value"))
        elif kind == "click":
            self._click(event)
        elif "setting" in event:
            self._set(event["setting"], event.get("value"))
        else:
            raise ValueError("The lab knows strokes, moments, clicks and settings.")

    @property
    def steps(self) -> int:
        """Steps of the attack so far."""
        return self.run.count - 1

    @property
    def eager(self) -> bool:
        """Whether an attack that takes its time waits to be set going."""
        return not self.run.plan.method.live and not self.run.begun

    def step(self) -> bool:
        """Take one step of an attack that is too slow for the hand; False when it is over."""
        return self.run.advance()

    def frame(self) -> Frame:
        """Return the picture before and after, what was added, and what the net says."""
        frame = frames.attack(self)
        if self.sees("survive"):
            frames.survival(self, frame)
        if self.sees("rivals"):
            frames.rivals(self, frame)
        self.met = met(challenges.challenges(self.subject.kind), self.met, self)
        frame.notes["met"] = sorted(self.met)
        if isinstance(self.subject, DrawnDigit):
            self.subject.pad.tell(frame)
        return frame

    # what frames, pages and tests ask for

    @property
    def plan(self) -> Plan:
        """What the settings ask for."""
        return plan(self.settings)

    @property
    def model(self) -> nn.Module:
        """The net under attack."""
        return network(str(self.settings["net"]))

    @property
    def run(self) -> Run:
        """The attack on the picture as it is now; one that keeps up with the hand is finished."""
        plan = self.plan

        def make() -> Run:
            run = Run(self.model, *self._pictures(plan.method.many), plan)
            return run.finish() if plan.method.live else run

        return self.keep("run", (plan,), make)

    @property
    def high(self) -> float:
        """The largest budget of the slider, in pixel units."""
        end = largest(self.subject, self.plan.norm)
        return end / 255 if self.plan.norm == "linf" else end

    def least(self, *, now: bool = False) -> Smallest | None:
        """Return the smallest budget that fools, or None while it is not known.

        It does not depend on the slider.  While the hand moves it is searched for now and then;
        with `now`, at once.  Only attacks that keep up with a hand are asked.
        """
        run = self.run
        method = run.plan.method
        if not (method.live and method.budget) or run.says == run.plan.target:
            return None
        at = (self.subject.changes, self.settings["net"], run.plan.with_eps(0))
        if at != self._least_at:
            waits = isinstance(self.subject, Photograph)  # too slow for a moving hand
            if not now and (waits or time.monotonic() - self._searched < PATIENCE):
                return None
            self._least = smallest(self.model, run.x, run.label, run.plan, self.high)
            self._least_at, self._searched = at, time.monotonic()
        return self._least

    def settle(self) -> bool:
        """Search for what was put off while the hand moved; whether there was anything."""
        before = self._least_at
        self.least(now=True)
        return before != self._least_at

    def gradient(self) -> Tensor:
        """Return the gradient of the loss at the clean picture: (1, C, H, W)."""
        run = self.run
        label = torch.tensor([run.label])
        return self.keep("gradient", (run.label,), lambda: slope(self.model, run.x, label)[0])

    def label(self, k: int) -> str:
        """Return the name of a class."""
        return self.subject.labels[k]

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def take(self, picture: Tensor) -> None:
        """Attack the visitor's own photograph (1, C, H, W) in [0, 1]."""
        assert isinstance(self.subject, Photograph)
        self.subject.take(picture)
        self.settings["photo"] = "yours"

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the kind of picture, or the drawing."""
        if isinstance(self.subject, Photograph):
            return {"subject": self.subject.title}
        return self.subject.pad.address()

    # helpers

    def keep(self, name: str, state: tuple, make: Callable[[], T]) -> T:
        """Return what `make` made for this picture, net and state, made once."""
        at = (self.subject.changes, self.settings["net"], *state)
        if name not in self._kept or self._kept[name][0] != at:
            self._kept[name] = at, make()
        return self._kept[name][1]

    def _pictures(self, many: bool) -> tuple[Tensor, Tensor]:
        """The clean picture, or several with it first, and their logits."""

        def look() -> tuple[Tensor, Tensor]:
            x = self.subject.picture()
            x = torch.cat([x, self.subject.others()]) if many else x
            with torch.no_grad():
                return x, self.model(x)

        return self.keep("many" if many else "one", (), look)

    def _scrub(self, value: object) -> None:
        run = self.run
        at = whole(value, 0, len(run.moments) - 1, "A moment")
        run.shown = None if at == len(run.moments) - 1 else at

    def _click(self, event: Mapping) -> None:
        side = self.subject.picture().shape[-1]
        self.pixel = tuple(
            whole(event.get(name, 0), 0, side - 1, f"A click's {name}") for name in ("row", "col")
        )

    def _set(self, name: object, value: object) -> None:
        if name == "visible":
            self.visible = set(map(str, value)) if isinstance(value, list) else None
        elif isinstance(name, str) and name in survive.RANGES:
            self.settings[name] = number(value, *survive.RANGES[name], name)
        elif name == "photo" and isinstance(self.subject, Photograph):
            if value not in (*photographs(), "yours"):
                raise ValueError(f"There is no photograph {shown(value)}.")
            if value != self.settings["photo"]:
                self.subject.choose(str(value))
                self.settings["photo"] = str(value)
        elif name == "least":
            self._to_least()
        elif name == "again":
            self._kept.pop("run", None)
        else:
            self.settings[str(name)] = checked(name, value, self.subject)

    def _to_least(self) -> None:
        """Put the slider on the smallest budget that fools."""
        found = self.least(now=True)
        if found is None or found.eps is None:
            method = ATTACKS[str(self.settings["attack"])]
            raise ValueError(
                f"{method.title} fools with no budget on this slider."
                if method.budget and method.live
                else f"{method.title} has no budget to search for."
            )
        scale = 255 if self.plan.norm == "linf" else 1
        self.settings[f"eps_{self.plan.norm}"] = found.eps * scale
