"""What is happening, in one sentence each: what has failed and why, or how well it goes."""

import math

from torch import Tensor

from labs.basics.playground.run import Run
from labs.basics.playground.setup import Setup
from labs.numerals import counted, written

FLAT = {"tanh": (-0.97, 0.97), "sigmoid": (0.015, 0.985)}  # beyond: below 6 % of its steepest
COASTING = {"momentum", "Nesterov", "Adam", "AdamW"}  # they move on without a gradient
NEARLY = 0.95  # share of the points
GAP, NEAR = 1.6, 0.01  # test loss over train loss, and beyond it, that counts as overfitting
MOST = 100  # times; beyond, the training loss is next to nothing and how often says nothing


Spots = list[tuple[int, int]]  # (layer, unit)


def dead(run: Run) -> Spots:
    """Return the ReLUs that were zero for every training point at the last look at them."""
    n = run.train.x.shape[1]
    return [
        (i, k)
        for i, (layer, h) in enumerate(zip(run.net.layers, run.seen, strict=True))
        if layer.activation == "relu"
        for k, top in enumerate(h[:, :n].amax(1).tolist())
        if top <= 0
    ]


def saturated(run: Run) -> Spots:
    """Return the hidden tanh and sigmoid units that are at their ends for nearly all training
    points, where no gradient passes; the output layer may be sure of itself.
    """
    found, n = [], run.train.x.shape[1]
    for i, (layer, h) in enumerate(zip(run.net.layers[:-1], run.seen, strict=False)):
        if layer.activation in FLAT:
            low, high = FLAT[layer.activation]
            h = h[:, :n]
            ends = ((h < low) | (h > high)).sum(1).tolist()
            found += [(i, k) for k, count in enumerate(ends) if count > NEARLY * n]
    return found


def symmetric(run: Run) -> int | None:
    """Return the first layer whose units, two at least, all have the same weights, or None."""
    for i, w in enumerate(run.net.weights[:-1]):
        if len(w) > 1 and (w == w[0]).all():
            return i
    return None


def sentences(run: Run, dead: Spots, saturated: Spots, curvature: float | None) -> list[str]:
    """Return what is happening, the most urgent first.

    curvature: the largest eigenvalue of the training loss's Hessian, for plain gradient descent.
    """
    moment = run.history[-1]
    found = [_lost(run, curvature)] if run.fault else []
    layer = symmetric(run)
    if layer is not None:
        found.append(
            f"All units of layer {layer + 1} have the same weights, so they get the same gradient "
            "and stay the same for ever: a layer of equal units is one unit."
        )
    if dead:
        found.append(_dead(dead, run.judged_by))
    if saturated:
        found.append(
            f"{counted(len(saturated), 'unit')} of the hidden layers "
            f"{'is' if len(saturated) == 1 else 'are'} saturated: at the flat ends of the "
            "function, where next to no gradient passes."
        )
    if not run.fault and overfits(run):
        times = moment.test / max(moment.train, 1e-9)
        found.append(
            f"Overfitting: the test loss is {f'{times:.1f}' if times < MOST else f'over {MOST}'} "
            "times the training loss; the net has learnt these points rather than what lies behind "
            "them."
        )
    if curvature is not None and curvature > 0 and not run.fault:
        limit, rate = 2 / curvature, run.how().learning_rate
        side = "inside it" if rate < limit else "beyond it: the steps overshoot"
        found.append(
            f"For gradient descent the largest stable learning rate here is about {limit:.2g}; "
            f"the rate now, {rate:.2g}, is {side}."
        )
    return found or [_well(run)]


def overfits(run: Run) -> bool:
    """Whether the test loss stands far above the training loss, and has been lower."""
    moment = run.history[-1]
    return (
        math.isfinite(moment.test)
        and moment.test > GAP * moment.train + NEAR
        and moment.test > 1.15 * run.least
    )


def _lost(run: Run, curvature: float | None) -> str:
    step, layer = run.fault
    last = layer == len(run.net.layers) - 1
    place = "the output layer" if last else f"layer {layer + 1}"
    text = f"The numbers ran away at step {step}, first in {place}"
    if curvature is not None and curvature > 0:
        limit, rate = 2 / curvature, run.judged_by.how(run.epoch - 1).learning_rate
        text += (
            f": from the initial weights the largest stable learning rate was about {limit:.2g}, "
            f"and this one, {rate:.2g}, is {rate / limit:.0f} times that"
        )
    return text + "; start again with a smaller learning rate."


def _dead(dead: Spots, setup: Setup) -> str:
    """What training can do for a dead unit: its own weights get no gradient, but a penalty or an
    optimizer's memory may move them, and above the first layer its inputs may move.
    """
    it, its = ("it", "its") if len(dead) == 1 else ("they", "their")
    them = "it" if len(dead) == 1 else "them"
    forces = ["the optimizer's momentum"] if setup.optimizer in COASTING else []
    forces += ["the penalty"] if setup.l1 or setup.l2 else []
    first = [layer == 0 for layer, _ in dead]
    power = f"only {' and '.join(forces)} can still" if forces else "training cannot"
    if all(first):
        fate = f" and {power} wake {them}"
    elif not any(first):
        fate = f"; {it} can wake if the layers below move {its} inputs"
    else:
        fate = (
            f"; {power} wake one of layer 1, and one above it can wake if the layers "
            "below move its inputs"
        )
    return (
        f"{counted(len(dead), 'ReLU')} {'is' if len(dead) == 1 else 'are'} dead: zero for every "
        f"training point, so no gradient comes through{fate}."
    )


def _well(run: Run) -> str:
    moment = run.history[-1]
    if run.epoch == 0:
        return "Nothing has been learnt yet: these are the initial weights."
    if not math.isfinite(moment.test):
        return f"Training loss {_loss(moment.train)}; there are no test points."
    gap = "the gap is small, it generalises" if moment.test < GAP * moment.train + NEAR else (
        "the test points are harder for it than those it was trained on"
    )  # fmt: skip
    return f"Training loss {_loss(moment.train)}, test loss {_loss(moment.test)}: {gap}."


def _loss(value: float) -> str:
    return f"{value:.4f}" if value >= 0.001 else written(value, ".1e").replace("e−0", "e−")


def limits(h: Tensor) -> float:
    """Return the largest size in h, for a scale of colours; 1 where there is none."""
    top = h.abs().max().item()
    return top if 0 < top < math.inf else 1.0
