"""What the optimizers lab shows: balls and trails on the surface, losses, and the last steps."""

from collections.abc import Collection, Mapping

import torch
from torch import Tensor

from labs.basics.optimizers import tables
from labs.basics.optimizers.race import NAMES, Race, Runner
from labs.live import Frame

SHOWN = 400  # points of a trail or a curve that are drawn


def frame(
    race: Race,
    off: Collection[str],
    chosen: int,
    rates: Mapping[str, float],
    settings: Mapping[str, float],
) -> Frame:
    """Return the race as far as it has been run; a ball that is switched off has no loss."""
    surface, runner = race.surface, race.runners[chosen]
    trails, losses = race.trails(), race.losses()
    picks = thinned(trails.shape[1])
    hidden = [k for k, name in enumerate(NAMES) if name in off]
    losses[hidden] = torch.nan
    frame = Frame(
        values={
            "surface.trails": trails[:, picks],
            "loss": torch.cat([picks[None].double(), losses[:, picks]]),
        }
    )
    explanation = tables.explanation(race, runner, rates, settings)
    standing = f"{runner.name} is at a loss of {tables.number(runner.losses[-1])}."
    frame.notes = {
        "surface": {
            "low": surface.low, "high": surface.high, "minima": surface.minima,
            "start": race.start, "off": hidden, "chosen": chosen,
            "arrows": arrows(runner, rates[runner.name]),
        },
        "standings": tables.standings(race, rates, chosen),
        "explanation": explanation,
        "titles": {"surface": f"step {race.steps} · {surface.title}"},
        "say": f"Step {race.steps}: {standing}" if runner.lost is None else explanation["text"],
    }  # fmt: skip
    return frame


def arrows(runner: Runner, rate: float) -> list[dict]:
    """Return the parts of a ball's last step, as vectors."""
    if runner.step is None or runner.gradient is None or runner.lost is not None:
        return []
    parts = [("gradient", -rate * runner.gradient)]
    if (velocity := runner.velocity()) is not None:
        parts.append(("velocity", -rate * velocity))
    parts.append(("step", runner.step))
    return [{"part": part, "by": vector.tolist()} for part, vector in parts]


def thinned(count: int) -> Tensor:
    """Return at most `SHOWN` indices below count, the last one among them."""
    stride = -(-count // SHOWN)
    return torch.arange(count - 1, -1, -stride).flip(0)
