"""The attacks in the papers' notation, each with a sentence of the numbers on the stage."""

from collections.abc import Mapping
from types import MappingProxyType

from labs.numerals import counted
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.scene import Scene
from labs.vision.adversarial.words import SYMBOLS, attack_name, budget

# Words in capitals stand for what depends on the norm and on the goal.
FORMULAS: Mapping[str, str] = MappingProxyType(
    {
        "fgsm": r"x' = CLIP\left(x + \varepsilon\,UPHILL\right), \qquad g = SLOPE(x, CLASS)",
        "pgd": r"x_{t+1} = CLIP\,\Pi_{\|x'-x\|_NORM\le\varepsilon}\left(x_t + \alpha\,UPHILL\right)"
        r", \qquad g = SLOPE(x_t, CLASS), \qquad \alpha = 2.5\,\varepsilon / T",
        "lbfgs": r"\min_r\; c\,\|r\|_2^2 + J(x + r, y') \quad\text{s.t.}\quad x + r \in [0,1]",
        "deepfool": r"r = NEAREST",
        "carlini_wagner": r"\min_w\; \|x' - x\|_2^2 + c\,\max\left(LEAD(x') + \kappa,\, 0\right), "
        r"\qquad x' = \tfrac12(\tanh w + 1)",
        "one_pixel": r"EXTREME_{\|r\|_0 \le d}\; p_{CLASS}(x + r)",
        "square": r"x_{t+1} = x_t \text{ with a square of } x \pm \varepsilon, "
        r"\text{ if this lowers } LEAD",
        "universal": r"v \leftarrow \Pi_{\|v\|_NORM\le\varepsilon}\left(v + \arg\min_r \|r\| \;"
        r"\text{s.t.}\; C(x_i + v + r) GOAL\right)",
        "patch": r"OPTIMUM_p\; \mathbb{E}_{x,\,\text{place}}\; J(A(p, x, \text{place}), CLASS)",
        "noise": r"x' = CLIP\left(x + \varepsilon\,NOISE",
    }
)
BY_NORM: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "linf": {
            "UPHILL": r"\mathrm{sign}\,g",
            "NOISE": r"s\right), \qquad s \in \{-1, +1\} \text{ by a coin}",
            "NEAREST": r"\frac{|f_A - f_B|}{\|n\|_1}\,\mathrm{sign}\,n, "
            r"\qquad n = \nabla f_A - \nabla f_B",
            "NORM": r"\infty",
        },
        "l2": {
            "UPHILL": r"\frac{g}{\|g\|_2}",
            "NOISE": r"\frac{n}{\|n\|_2}\right), \qquad n \sim \mathcal{N}(0, 1)",
            "NEAREST": r"\frac{|f_A - f_B|}{\|n\|_2^2}\,n, \qquad n = \nabla f_A - \nabla f_B",
            "NORM": "2",
        },
        "l1": {
            "UPHILL": r"\tfrac1k\,\mathrm{sign}\,\mathrm{top}_k\,g",
            "NOISE": r"\frac{n}{\|n\|_1}\right), \qquad n \sim \mathcal{N}(0, 1)",
            "NORM": "1",
        },
    }
)
DUAL = {"linf": "‖w‖₁", "l2": "‖w‖₂", "l1": "max |wᵢ|"}  # how far a budget moves w·x
ANY_OTHER: Mapping[str, str] = MappingProxyType(
    {
        "SLOPE": r"\nabla_x J",
        "LEAD": r"\left(f_y - \max_{k \ne y} f_k\right)",
        "EXTREME": r"\min",
        "OPTIMUM": r"\max",
        "GOAL": r"\ne C(x_i)",
        "f_A": "f_k",
        "f_B": "f_y",
        "CLASS": "y",
    }
)
TARGETED: Mapping[str, str] = MappingProxyType(
    {
        "SLOPE": r"-\nabla_x J",
        "LEAD": r"\left(\max_{k \ne y'} f_k - f_{y'}\right)",
        "EXTREME": r"\max",
        "OPTIMUM": r"\min",
        "GOAL": "= y'",
        "f_A": "f_{y'}",
        "f_B": r"\max_{k \ne y'} f_k",
        "CLASS": "y'",
    }
)


def formula(plan: Plan) -> str:
    """Return what a plan does, for its norm and its goal, in LaTeX; y' is the target."""
    goal = ANY_OTHER if plan.target is None else TARGETED
    text = FORMULAS[plan.attack]
    for word, meaning in (BY_NORM[plan.norm] | goal | {"CLIP": r"\mathrm{clip}_{[0,1]}"}).items():
        text = text.replace(word, meaning)
    if plan.attack == "deepfool" and plan.target is None:
        text += r", \qquad k = \arg\min_k \|r\|_" + BY_NORM[plan.norm]["NORM"]
    if plan.method.climbs and plan.norm == "l1":
        text += r", \qquad k = 2\,\%\text{ of the values}"
    if plan.attack == "lbfgs" and plan.target is None:
        text += r", \qquad y' = \arg\max_{k \ne y} f_k(x)"
    if "momentum" in plan.method.knobs and plan.momentum:
        text += r", \qquad g \text{ with } \mu \text{ times the last one}"
    return text


def blocks(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return (formula, sentence) for the attack on the stage, its goal and its size."""
    run, verdict = scene.run, scene.verdict
    first, now, sizes = run.moments[0], run.moment, verdict.norms
    p, loss = run.before[0].softmax(0)[run.label].item(), scene.slope.loss.item()
    wish = "climb" if run.plan.target is None else "bring down"
    how = (
        f"{attack_name(run.plan)}: the loss it works on went from {first.loss:.3g} to "
        f"{now.loss:.3g} in {counted(now.count, run.plan.method.unit)}."
    )
    lead = (
        f"The loss to {wish} is that of “{scene.label(run.label)}”: at the clean picture its p is "
        f"{p:.4g} and J is {loss:.3g}. The lead of “{scene.label(run.says)}” in logits went from "
        f"{first.margin:.2f} to {now.margin:.2f}."
    )
    size = (
        f"{255 * sizes.linf.item():.0f}/255, {sizes.l2.item():.3f} and {sizes.l1.item():.2f} of "
        "the 8-bit picture."
    )
    if run.plan.method.budget:
        size += (
            f" The budget: {SYMBOLS[run.plan.norm]} {budget(run.plan.eps, run.plan.norm)}. With "
            f"it a linear unit can be moved by ε {DUAL[run.plan.norm]}, over {run.x.numel():,} "
            "values."
        )
    return (
        (formula(run.plan), how),
        (
            r"J(x, y) = -\ln p_y, \qquad p_y = \frac{e^{f_y}}{\sum_k e^{f_k}}",
            "The pad is empty." if scene.empty else lead,
        ),
        (
            r"\|r\|_\infty = \max_i |r_i|, \qquad \|r\|_2 = \sqrt{\textstyle\sum_i r_i^2}, \qquad "
            r"\|r\|_1 = \textstyle\sum_i |r_i|",
            size,
        ),
    )
