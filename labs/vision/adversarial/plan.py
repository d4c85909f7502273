"""What is to be done: the settings of an attack, checked, as one value that can be compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from labs.vision.adversarial.attacks import ATTACKS, Attack
from labs.vision.adversarial.ball import NORMS
from labs.vision.adversarial.record import Slope, Step
from labs.vision.adversarial.subjects import Subject

ANY = "any"  # the target of an untargeted attack
# Knobs of some attacks, as the last fields of a plan
TWEAKS = ("steps", "momentum", "start", "overshoot", "confidence", "pixels", "size")


@dataclass(frozen=True)
class Plan:
    """One attack with everything it needs but model and picture."""

    attack: str
    norm: str
    eps: float  # pixel units
    target: int | None  # class to steer towards
    steps: int
    momentum: float
    start: str
    overshoot: float
    confidence: float
    pixels: int
    size: int
    large: bool = False  # whether a pass of the net takes its time

    @property
    def live(self) -> bool:
        """Whether it is finished within a frame; else it is shown step by step."""
        return self.method.live and not (self.large and self.method.long)

    @property
    def method(self) -> Attack:
        """The attack."""
        return ATTACKS[self.attack]

    @property
    def random(self) -> bool:
        """Whether chance has a hand in a live attack."""
        return self.attack == "noise" or ("start" in self.method.knobs and self.start == "random")

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of the attack's function."""
        takes: dict[str, Any] = {"targeted": self.target is not None}
        if len(self.method.norms) > 1:
            takes["norm"] = self.norm
        for knob in self.method.knobs:
            if knob == "start":
                takes["random_start"] = self.start == "random"
            else:
                takes[knob] = getattr(self, knob)
        return takes

    def run(
        self,
        model: nn.Module,
        x: Tensor,
        y: Tensor,
        *,
        eps: Tensor | None = None,
        known: Slope | None = None,
    ) -> Iterator[Step]:
        """Attack x, from this plan's seed.

        eps: (N,), a budget for each image.  known: the loss's slope at x, to spare an attack that
        climbs from taking it again.
        """
        arguments = self.arguments() | ({} if eps is None else {"eps": eps})
        if known is not None and self.method.climbs:
            arguments["known"] = known
        return self.method.run(model, x, y, generator=torch.Generator().manual_seed(0), **arguments)

    def with_eps(self, eps: float) -> "Plan":
        """Return the same plan with another budget."""
        return replace(self, eps=eps)


def largest(subject: Subject, norm: str) -> float:
    """Return the end of the norm's slider: 1/255 in L-infinity, pixel units otherwise."""
    return round(subject.eps[norm] * 255) if norm == "linf" else subject.eps[norm]


def highest(subject: Subject, norm: str) -> float:
    """Return the largest budget of the norm's slider, in pixel units."""
    return from_slider(largest(subject, norm), norm)


def from_slider(value: float, norm: str) -> float:
    """Return a budget in pixel units from the value on the norm's slider."""
    return value / 255 if norm == "linf" else value


def on_slider(eps: float, norm: str) -> float:
    """Return a budget in pixel units as the norm's slider has it: 1/255 in L-infinity."""
    return round(255 * eps, 6) if norm == "linf" else eps


def plan(settings: Mapping[str, str | float], *, large: bool = False) -> Plan:
    """Return what the settings ask for; an unknown norm becomes one the attack knows.

    large: whether a pass of the net takes its time.
    """
    method = ATTACKS[str(settings["attack"])]
    norm = str(settings["norm"])
    if method.norms and norm not in method.norms:
        norm = method.norms[-1]
    eps = from_slider(float(settings[f"eps_{norm}"]), norm)
    target = settings["target"]
    return Plan(
        str(settings["attack"]), norm, eps,
        None if target == ANY or not method.aims else int(target),
        *(settings[name] for name in TWEAKS), large,
    )  # fmt: skip


def hidden(now: Plan) -> list[str]:
    """Return the controls that this attack has no use for."""
    method = now.method
    away = {knob for knob in TWEAKS if knob not in method.knobs}
    away |= {f"eps_{norm}" for norm in NORMS if norm != now.norm or not method.budget}
    if len(method.norms) < 2:
        away.add("norm")
    if now.live:
        away |= {"transport", "again"}
    if not (now.live and method.budget):
        away.add("least")
    if not method.aims:
        away.add("target")
    return sorted(away)
