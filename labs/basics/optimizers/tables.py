"""What each ball's last step was made of, and what the curvature says about its learning rate."""

from collections.abc import Mapping

from torch import Tensor

from labs.basics.optimizers.curvature import curvatures, limit
from labs.basics.optimizers.race import Race, Runner


def number(x: float) -> str:
    """Return x in four digits and a true minus sign."""
    text = f"{x:.3f}" if 0.01 <= abs(x) < 1000 or x == 0 else f"{x:.1e}"
    return text.replace("-", "−")


def pair(v: Tensor | None) -> str:
    """Return two coordinates as text; a dash where there are none."""
    return "—" if v is None else f"({', '.join(number(x) for x in v.tolist())})"


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
    stable = limit(runner.name, high, mu)
    if runner.lost is not None:
        told = f"It diverged at step {runner.lost}: every step made the next gradient larger."
    elif runner.step is None:
        told = "It stands at the start; press play or step."
    else:
        told = f"Its last step: {WORDS[runner.name]} = {pair(runner.step)}."
    if high <= 0:
        bound = "The surface curves down here in every direction: no rate is stable, all move away."
    elif stable is None:
        bound = "It divides by the gradient's own size: the step does not grow with the curvature."
    else:
        factor = 1 - rate * high
        bound = f"Largest stable rate here: {FORMULAS[runner.name]} = {number(stable)}; "
        bound += f"you have {number(rate)}, {rate / stable:.2f} of it."
        if runner.name == "SGD":
            bound += (
                f" On the steepest axis a step multiplies the distance by 1 − ηλ = {factor:.2f}."
            )
    return {
        "title": f"{runner.name}, η = {number(rate)}", "text": told, "head": [], "rows": [],
        "sum": f"Curvature where it is: λ = {number(low)} and {number(high)}.  {bound}",
    }  # fmt: skip


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
