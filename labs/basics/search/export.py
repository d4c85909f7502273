"""What can be taken away: a table of all trials, and a script that trains them again."""

import inspect
import math
from collections.abc import Iterable

from labs.basics.search.formula import branin
from labs.basics.search.objectives import Objective
from labs.basics.search.racers import Racer, Trial


def rows(racers: Iterable[Racer]) -> list[dict]:
    """Return one row for each trial: whose it is, its settings, how long it was trained, its lowest
    loss, and the loss after each epoch.
    """
    found = [
        {
            "method": racer.name, "trial": trial.number, **trial.values,
            "epochs": len(trial.losses), "ended": trial.state,
            "lowest loss": trial.loss if math.isfinite(trial.loss) else "",
            "losses": " ".join(f"{v:.5g}" for v in trial.losses),
        }
        for racer in racers
        for trial in racer.trials
    ]  # fmt: skip
    return found or [{"method": "", "trial": "none yet"}]


def playground(trial: Trial) -> dict[str, str]:
    """Return the address of the playground that trains the same net on two spirals."""
    hidden = int(trial.values["hidden"])
    return {
        "playground.data": "spiral",
        "playground.layers": f"{hidden},{hidden}",
        "playground.activation": "tanh",
        "playground.loss": "cross-entropy",
        "playground.optimizer": "momentum",
        "playground.batch": "32",
        "playground.learning_rate": f"{trial.values['learning_rate']:.4g}",
        "playground.l2": f"{trial.values['l2']:.3g}",
    }


HEAD = '''"""The trials of {name} on {title}, as Glassbox proposed them.  Needs {needs}."""

import math

import torch
{imports}
SEED = {seed}
TRIALS = [  # settings, epochs
{trials}
]
'''
TAIL = """
for known, epochs in TRIALS:
    losses = train(known, epochs)
    lowest = min((v for v in losses if math.isfinite(v)), default=math.inf)
    print(f"{lowest:.4f}", epochs, known)
"""
FORMULA = """
START, EPOCHS = 3.0, 27


{branin}

def train(known, epochs):
    u = (known["x1"] + 5) / 15
    x, y = (torch.tensor(known[key], dtype=torch.float64) for key in ("x1", "x2"))
    final, rate = branin(x, y).item() / 100, (4 + 8 * u) / EPOCHS
    end = math.exp(-rate * EPOCHS)
    return [final + (START - final) * (math.exp(-rate * k) - end) / (1 - end)
            for k in range(1, epochs + 1)]
"""
DIGITS = """
data = load_digits()
order = torch.randperm(1797, generator=torch.Generator().manual_seed(0))
train_set, held, _ = order.split([1150, 288, 359])
x, y = torch.from_numpy(data.data).float() / 16, torch.from_numpy(data.target).long()
"""
DENSE = """

def train(known, epochs):
    draw = torch.Generator().manual_seed(SEED)
    sizes = [64, known["hidden"], 10]
    theta = []  # of each layer its weights, and its bias
    for a, b in zip(sizes, sizes[1:]):
        w = torch.randn(b, a, generator=draw) * math.sqrt(2 / a)
        theta += [w.requires_grad_(), torch.zeros(b, requires_grad=True)]
    velocity = [torch.zeros_like(p) for p in theta]

    def net(x):
        return torch.relu(x @ theta[0].T + theta[1]) @ theta[2].T + theta[3]

    losses = []
    for epoch in range(epochs):
        generator = torch.Generator().manual_seed(1_000_003 * SEED + epoch)
        for index in torch.randperm(1150, generator=generator).split(32):
            loss = cross_entropy(net(x[train_set[index]]), y[train_set[index]])
            gradients = torch.autograd.grad(loss, theta)
            with torch.no_grad():
                for p, v, g in zip(theta, velocity, gradients):
                    v.mul_(0.9).add_(g).add_(p, alpha=known["l2"] if p.dim() > 1 else 0)
                    p.sub_(v, alpha=known["learning_rate"])
        with torch.no_grad():
            losses.append(cross_entropy(net(x[held]), y[held]).item())
    return losses
"""
SKLEARN = """from sklearn.datasets import load_digits
from torch.nn.functional import cross_entropy
"""


def script(objective: Objective, racer: Racer, seed: int) -> str:
    """Return a script that trains the trials of a method again.

    Raises ValueError for an objective that only this project can train.
    """
    trials = "\n".join(f"    ({t.values}, {len(t.losses)})," for t in racer.trials if t.losses)
    head = {"name": racer.name, "title": objective.title, "seed": seed, "trials": trials}
    if objective.key == "surface":
        body = FORMULA.format(branin=inspect.getsource(branin).replace(": Tensor", "")
                              .replace(" -> Tensor", ""))  # fmt: skip
        return HEAD.format(**head, needs="torch", imports="") + body + TAIL
    if objective.key == "digits":
        needs = {"needs": "torch and scikit-learn", "imports": SKLEARN}
        return HEAD.format(**head, **needs) + DIGITS + DENSE + TAIL
    raise ValueError(
        f"There is no script for {objective.title}; the CSV has every trial's settings and losses."
    )
