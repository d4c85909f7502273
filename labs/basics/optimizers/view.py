"""What the optimizers lab shows: balls and trails on the surface, losses, and the last steps."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.basics.optimizers import tables
from labs.basics.optimizers.race import NAMES
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.optimizers.experiment import Optimizers

SHOWN = 400  # points of a trail or a curve that are drawn


def frame(lab: "Optimizers") -> Frame:
    """Return the race as far as it has been run; a ball that is switched off has no loss."""
    race, runner = lab.race, lab.race.runners[lab.chosen]
    trails, losses = race.trails(), race.losses()
    picks = thinned(trails.shape[1])
    hidden = [k for k, name in enumerate(NAMES) if name in lab.off]
    losses[hidden] = torch.nan
    frame = Frame(
        values={
            "surface.trails": trails[:, picks],
            "loss": torch.cat([picks[None].double(), losses[:, picks]]),
        }
    )
    frame.notes = {
        "settings": lab.settings,
        "surface": {
            "low": lab.surface.low, "high": lab.surface.high, "minima": lab.surface.minima,
            "start": lab.start, "off": hidden, "chosen": lab.chosen, "arrows": arrows(lab),
        },
        "standings": tables.standings(race, lab.rates(), lab.chosen),
        "explanation": tables.explanation(race, runner, lab.rates(), lab.settings),
        "titles": {"surface": f"step {race.steps} · {lab.surface.title}"},
        "met": sorted(lab.met),
        "say": f"Step {race.steps}: {runner.name} is at a loss of "
        f"{tables.number(runner.losses[-1])}.",
    }  # fmt: skip
    return frame


def arrows(lab: "Optimizers") -> list[dict]:
    """Return the parts of the chosen ball's last step, as vectors."""
    runner = lab.race.runners[lab.chosen]
    if runner.step is None or runner.gradient is None or runner.lost is not None:
        return []
    rate = lab.rates()[runner.name]
    parts = [("gradient", -rate * runner.gradient)]
    if (velocity := runner.velocity()) is not None:
        parts.append(("velocity", -rate * velocity))
    parts.append(("step", runner.step))
    return [{"part": part, "by": vector.tolist()} for part, vector in parts]


def thinned(count: int) -> Tensor:
    """Return at most `SHOWN` indices below count, the last one among them."""
    stride = -(-count // SHOWN)
    return torch.arange(count - 1, -1, -stride).flip(0)
