"""The lab's experiment: one picture, one net, one attack, run again at every change."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import torch
from torch import Tensor, nn

from labs.live import Frame
from labs.live.challenges import met
from labs.vision.adversarial import challenges, events, frames, rivals, survival, survive
from labs.vision.adversarial.memory import Memory
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.pair import Pair
from labs.vision.adversarial.plan import Plan, defaults, largest, plan
from labs.vision.adversarial.record import Slope, slope
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.smallest import Search, Smallest, smallest
from labs.vision.adversarial.subjects import DrawnDigit, Photograph, Subject, subject

T = TypeVar("T")


class Adversarial:
    """A network being fooled; `title` says on what: "Drawing", "Photograph" or "ImageNet"."""

    def __init__(self, title: str = "Drawing") -> None:
        self.subject: Subject = subject(title)
        self.settings = defaults(self.subject) | survive.DEFAULTS
        self.visible: set[str] | None = None  # cards in sight; None: all
        self.pixel = (self.subject.picture().shape[-2] // 2,) * 2  # the one under inspection
        self.met: set[str] = set()
        self.survived: dict[str, bool] = {}  # whether it still fools, by treatment, when last seen
        self._memory, self._search = Memory(), Search()
        self._put: set[str] = set()  # settings that no control wrote into the address

    def receive(self, event: Mapping) -> None:
        """Take in a stroke, a moment, a click or a setting.  Raises ValueError in one sentence."""
        events.take(self, event)
        self._put.discard(str(event.get("setting")))

    slow = True  # a step of an attack on a photograph takes its time: its own lane

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
            survival.show(self, frame)
        if self.sees("rivals"):
            rivals.show(self, frame)
        self.met = met(challenges.challenges(self.subject.kind), self.met, self)
        frame.notes["met"] = sorted(self.met)
        if isinstance(self.subject, DrawnDigit):
            self.subject.pad.tell(frame)
        frame.notes["address"] = frame.notes.get("address", {}) | self._news()
        return frame

    @property
    def plan(self) -> Plan:
        """What the settings ask for."""
        state = tuple(self.settings.values())
        return self._memory.keep("plan", state, lambda: plan(self.settings))

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
            return run.finish() if plan.method.live else run

        return self.keep("run", (plan,), make)

    @property
    def high(self) -> float:
        """The largest budget of the slider, in pixel units."""
        end = largest(self.subject, self.plan.norm)
        return end / 255 if self.plan.norm == "linf" else end

    def least(self, *, now: bool = False) -> Smallest | None:
        """Return the smallest budget that fools, or None while it is not known.

        It does not depend on the slider.  With `now` it is searched for at once.  Only attacks
        that keep up with a hand are asked.
        """
        run = self.run
        method = run.plan.method
        if not (method.live and method.budget) or run.says == run.plan.target:
            return None
        state = (self.subject.changes, self.settings["net"], run.plan.with_eps(0))
        return self._search.look(
            state,
            lambda: smallest(self.model, run.x, run.says, run.plan, self.high, self.slope()),
            now=now, costly=isinstance(self.subject, Photograph),
        )  # fmt: skip

    def settle(self) -> bool:
        """Search for what was put off while the hand moved; whether there was anything."""
        before = self._search.state
        self.least(now=True)
        return before != self._search.state

    def slope(self) -> Slope:
        """Return the loss that is attacked, at the clean picture, and its gradient (1, C, H, W)."""
        x, logits = self._pictures(many=False)
        target = self.plan.target
        label = logits.argmax(1) if target is None else torch.tensor([target])
        return self.keep("slope", (target,), lambda: slope(self.model, x, label))

    def label(self, k: int) -> str:
        """Return the name of a class."""
        return self.subject.labels[k]

    def sees(self, card: str) -> bool:
        """Whether a card is in sight."""
        return self.visible is None or card in self.visible

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the kind of picture, or the drawing."""
        if isinstance(self.subject, Photograph):
            return {"subject": self.subject.title}
        return self.subject.pad.address()

    def keep(self, name: str, state: tuple, make: Callable[[], T]) -> T:
        """Return what `make` made for this picture, net and state, made once."""
        at = (self.subject.changes, self.settings["net"], *state)
        return self._memory.keep(name, at, make)

    def take(self, picture: Tensor) -> None:
        """Attack the visitor's own photograph (1, C, H, W) in [0, 1]."""
        assert isinstance(self.subject, Photograph)
        self.subject.take(picture)
        self.settings["photo"] = "yours"

    def turn(self, pair: Pair) -> None:
        """Turn a sample digit into another, as the table did."""
        self.receive({"panel": "x", "kind": "sample", "value": pair.digit})
        self.put(pair.settings())

    def put(self, settings: Mapping[str, str | float]) -> None:
        """Set what no control was moved for; the controls and the address follow."""
        for name, value in settings.items():
            self.receive({"setting": name, "value": value})
        self._put |= settings.keys()

    def again(self) -> None:
        """Attack from the start."""
        self._memory.forget("run")

    def _news(self) -> dict[str, str | float]:
        """What the address does not know yet; a default needs no words there."""
        usual = defaults(self.subject)
        return {k: "" if (v := self.settings[k]) == usual[k] else v for k in sorted(self._put)}

    def _pictures(self, *, many: bool) -> tuple[Tensor, Tensor]:
        """The clean picture, or several with it first, and their logits."""

        def look() -> tuple[Tensor, Tensor]:
            x = self.subject.picture()
            x = torch.cat([x, self.subject.others()]) if many else x
            with torch.no_grad():
                return x, self.model(x)

        return self.keep("many" if many else "one", (), look)
