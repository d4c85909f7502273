"""The attacks by name: what each takes, and whether it keeps up with a hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from torch import Tensor, nn

from labs.vision.adversarial.ball import NORMS
from labs.vision.adversarial.carlini_wagner import carlini_wagner_steps
from labs.vision.adversarial.deepfool import deepfool_steps
from labs.vision.adversarial.fgsm import fgsm_steps
from labs.vision.adversarial.lbfgs import lbfgs_steps
from labs.vision.adversarial.levels import in_levels
from labs.vision.adversarial.noise import noise_steps
from labs.vision.adversarial.one_pixel import one_pixel_steps
from labs.vision.adversarial.patch import patch_steps
from labs.vision.adversarial.pgd import pgd_steps
from labs.vision.adversarial.record import Step
from labs.vision.adversarial.square import square_steps
from labs.vision.adversarial.universal import universal_steps


@dataclass(frozen=True)
class Attack:
    """One attack as the lab offers it."""

    title: str
    steps: Callable[..., Iterator[Step]]
    norms: tuple[str, ...] = ()  # of its budget eps, or that it can measure in
    knobs: tuple[str, ...] = ()  # settings that it takes beside y and the target
    live: bool = True  # finished within a frame; the others go on step by step
    long: bool = False  # so many passes that, of a large picture, they are shown step by step, too
    many: bool = False  # learns from several pictures at once
    aims: bool = True  # can be given a class to steer towards
    least: bool = False  # ends at the very boundary, where rounding decides
    climbs: bool = False  # goes up the loss, and can be told its slope at the picture
    unit: str = "step"  # what one of its steps is
    most: int = 0  # steps that it takes if nothing ends it earlier; 0: that depends on the pictures

    @property
    def budget(self) -> bool:
        """Whether it is given a limit eps (and then tries to win within it)."""
        return "eps" in self.knobs

    def run(
        self, model: nn.Module, x: Tensor, y: Tensor, *, targeted: bool, **how
    ) -> Iterator[Step]:
        """Attack x, until a file of 8 bits holds what was found."""
        steps = self.steps(model, x, y, targeted=targeted, **how)
        return in_levels(steps, model, y, targeted=targeted) if self.least else steps


ATTACKS: Mapping[str, Attack] = MappingProxyType(
    {
        "fgsm": Attack("FGSM", fgsm_steps, NORMS, ("eps",), climbs=True),
        "pgd": Attack(
            "PGD", pgd_steps, NORMS, ("eps", "steps", "momentum", "start"), long=True, climbs=True,
        ),
        "lbfgs": Attack("L-BFGS", lbfgs_steps, live=False, least=True, most=161),
        "deepfool": Attack(
            "DeepFool", deepfool_steps, ("linf", "l2"), ("overshoot",), long=True, least=True,
        ),
        "carlini_wagner": Attack(
            "Carlini & Wagner", carlini_wagner_steps, knobs=("confidence",), live=False,
            least=True, most=601,
        ),
        "one_pixel": Attack(
            "a few pixels", one_pixel_steps, knobs=("pixels",), live=False, unit="generation",
            most=40,
        ),
        "square": Attack(
            "Square (black box)", square_steps, ("linf",), ("eps",), live=False, unit="query",
            most=1000,
        ),
        "universal": Attack(
            "universal", universal_steps, NORMS, ("eps",), live=False, many=True
        ),
        "patch": Attack("patch", patch_steps, knobs=("size",), live=False, many=True, most=60),
        "noise": Attack("only noise", noise_steps, NORMS, ("eps",), aims=False),
    }
)  # fmt: skip
