"""One pair of the table: a sample digit, what it becomes, and the picture that does it."""

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from labs.images import quantise
from labs.live import Frame
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.pgd import pgd
from labs.vision.adversarial.subjects import sample_digits


@dataclass(frozen=True)
class Pair:
    """A digit to be turned into a target with eps (in 1/255), by the table's attack on a net."""

    digit: int
    target: int
    eps: float
    steps: int
    net: str

    def settings(self) -> dict[str, str | float]:
        """Return the settings of the lab that do the same to the digit on the pad."""
        return {
            "net": self.net, "attack": "pgd", "norm": "linf", "target": str(self.target),
            "eps_linf": self.eps, "steps": self.steps, "momentum": 0.0, "start": "picture",
        }  # fmt: skip


@lru_cache(maxsize=100)
def attacked(pair: Pair) -> Tensor:
    """Return the 8-bit picture that the attack on a pair makes: (1, 1, 28, 28)."""
    x, y = sample_digits()[pair.digit][None], torch.tensor([pair.target])
    eps = pair.eps / 255
    return quantise(pgd(network(pair.net), x, y, eps=eps, steps=pair.steps, targeted=True))


def show(frame: Frame, pair: Pair, *, reached: bool) -> None:
    """Add a pair and its attacked picture to a frame.

    reached: whether any budget that was tried turns the digit into the target.
    """
    clean, image = sample_digits()[pair.digit][None], attacked(pair)
    with torch.no_grad():
        before, after = (network(pair.net)(x)[0].softmax(0) for x in (clean, image))
    was, now = int(before.argmax()), int(after.argmax())
    delta = (image - clean)[0]
    frame.maps |= {"pair.clean": clean[0], "pair.added": delta, "pair.attacked": image[0]}
    if was == pair.target:
        text = f"The {pair.digit} is a “{was}” already."
    elif reached:
        text = f"A {pair.digit} becomes a “{pair.target}” with ε = {pair.eps:.0f}/255."
    else:
        text = f"With ε up to {pair.eps:.0f}/255 no {pair.target} comes of this {pair.digit}."
    frame.notes["titles"] |= {
        "pair.clean": f"“{was}” {before[was]:.0%}",
        "pair.attacked": f"“{now}” {after[now]:.0%}",
        "pair.added": f"ε = {pair.eps:.0f}/255",
    }
    frame.notes["tables"] = {
        "pair": {
            "said": f"{text} Click a cell, and the stage above takes its pair.",
            "rows": [
                ["largest change, L∞", f"{255 * delta.abs().max().item():.0f}/255"],
                ["length, L2", f"{delta.norm().item():.3f}"],
                ["values changed, L0", f"{int((delta != 0).sum())} of {delta.numel()}"],
            ],
        }
    }
