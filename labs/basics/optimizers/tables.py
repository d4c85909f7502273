"""What each ball's last step was made of, and what the curvature says about its learning rate."""

from collections.abc import Mapping
from functools import partial

from torch import Tensor

from labs import numerals
from labs.basics.optimizers.curvature import curvatures, limit
from labs.basics.optimizers.race import Race, Runner

number = partial(numerals.number, least=0.01, most=1000)
FLAT = 1e-6  # a curvature smaller than this counts as none


def pair(v: Tensor | None) -> str:
    """Return two coordinates as text; a dash where there are none."""
    return "—" if v is None else numerals.listed(v.tolist(), number)


def standings(race: Race, rates: Mapping[str, float], chosen: int) -> dict:
    """Return one row for each ball, with the parts of its last step."""
    rows = []
    for runner in race.runners:
        rate = rates[runner.name]
        lost = runner.lost is not None
        rows.append([
            runner.name, f"diverged at {runner.lost}" if lost else number(runner.losses[-1]),
            pair(runner.theta), pair(runner.gradient), pair(runner.velocity()),
            pair(runner.scaling(rate)), pair(runner.step),
        ])  # fmt: skip
    return {
        "head": ["", "loss", "place", "gradient g", "velocity", "effective rate", "last step"],
        "rows": rows, "on": chosen, "ink": ["", "", "", "", "", "", ""],
    }  # fmt: skip


def explanation(
    race: Race, runner: Runner, rates: Mapping[str, float], settings: Mapping[str, float]
) -> dict:
    """Return in words what moves one ball, and the limit that the curvature sets."""
    rate = rates[runner.name]
    low, high = curvatures(race.surface, runner.theta)
    mu = settings["nesterov_mu" if runner.name == "Nesterov" else "mu"]
    if runner.lost is not None:
        told = diverged(runner, rate, high, mu)
    elif runner.step is None:
        told = "It stands at the start; press play or step."
    else:
        told = f"Its last step: {WORDS[runner.name]} = {pair(runner.step)}."
    bound = _bound(runner.name, rate, low, high, mu)
    return {
        "title": f"{runner.name}, η = {number(rate)}", "text": told, "head": [], "rows": [],
        "sum": f"Curvature where it is: λ = {number(low)} and {number(high)}.  {bound}",
    }  # fmt: skip


def diverged(runner: Runner, rate: float, high: float, mu: float) -> str:
    """Return when and why a ball was lost, from the largest curvature at its last place."""
    stable = limit(runner.name, high, mu) if high > FLAT else None
    begin = f"{runner.name} ran away at step {runner.lost}: "
    if stable is not None and rate > stable:
        return begin + (
            f"where it was last, η = {number(rate)} is {number(rate / stable)} times the largest "
            "stable rate, so each step overshot and the next gradient was larger."
        )
    return begin + "each step led farther from the bottom than the one before."


def _bound(name: str, rate: float, low: float, high: float, mu: float) -> str:
    """Return the limit that the curvatures low and high set to a learning rate, in words."""
    if max(abs(low), abs(high)) < FLAT:
        return "It is flat here: no curvature limits the rate."
    if high < FLAT:
        where = "in every direction" if high <= -FLAT else "along one axis and nowhere up"
        return f"The surface curves down here {where}: no rate is stable, all move away."
    down, place, axis = "", "here", "the steepest axis"
    if low <= -FLAT:
        down = "Along one axis the surface curves down: no rate is stable there, all move away.  "
        place, axis = "along the other", "that axis"
    stable = limit(name, high, mu)
    if stable is None:
        told = "It divides by the gradient's own size: the step does not grow with the curvature."
        return down + told
    told = f"Largest stable rate {place}: {FORMULAS[name]} = {number(stable)}; "
    told += f"you have {number(rate)}, {rate / stable:.2f} of it."
    if name == "SGD":
        factor = numerals.written(1 - rate * high, ".2f")
        told += f" On {axis} a step multiplies the distance by 1 − ηλ = {factor}."
    return down + told


WORDS = {
    "SGD": "−η g",
    "momentum": "−η v, where v ← μ v + g",
    "Nesterov": "−η (g + μ v), where v ← μ v + g",
    "RMSProp": "−η g / √s, where s is a moving mean of g²",
    "Adagrad": "−η g / √s, where s is the sum of all g²",
    "Adam": "−η m / √v, moving means of g and g², both corrected for their start at 0",
}
FORMULAS = {
    "SGD": "2 / λ",
    "momentum": "2 (1 + μ) / λ",
    "Nesterov": "2 (1 + μ) / (λ (1 + 2 μ))",
}
