"""The attacks in the papers' notation, each with a sentence of the numbers on the stage."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from labs.vision.adversarial.words import SYMBOLS, attack_name, budget

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial

FORMULAS: Mapping[str, str] = MappingProxyType(
    {
        "fgsm": r"x' = \mathrm{clip}_{[0,1]}\left(x + \varepsilon\,\mathrm{sign}\,"
        r"\nabla_x J(x, y)\right)",
        "pgd": r"x_{t+1} = \mathrm{clip}_{[0,1]}\,\Pi_{\|x'-x\|\le\varepsilon}\left(x_t + \alpha\,"
        r"\mathrm{sign}\,\nabla_x J(x_t, y)\right), \qquad \alpha = 2.5\,\varepsilon / T",
        "lbfgs": r"\min_r\; c\,\|r\|_2^2 + J(x + r, y') \quad\text{s.t.}\quad x + r \in [0,1]",
        "deepfool": r"r = \frac{|f_k - f_y|}{\|\nabla f_k - \nabla f_y\|_2^2}\,"
        r"(\nabla f_k - \nabla f_y), \qquad k = \arg\min_k "
        r"\frac{|f_k - f_y|}{\|\nabla f_k - \nabla f_y\|_2}",
        "carlini_wagner": r"\min_w\; \|x' - x\|_2^2 + c\,\max\left(f_y(x') - \max_{k \ne y} f_k(x')"
        r" + \kappa,\, 0\right), \qquad x' = \tfrac12(\tanh w + 1)",
        "one_pixel": r"\min_{\|r\|_0 \le d}\; p_y(x + r)",
        "square": r"x_{t+1} = x_t \text{ with a square of } x \pm \varepsilon, "
        r"\text{ if this lowers } f_y - \max_{k \ne y} f_k",
        "universal": r"v \leftarrow \Pi_{\|v\|\le\varepsilon}\left(v + \arg\min_r \|r\| \;"
        r"\text{s.t.}\; C(x_i + v + r) \ne C(x_i)\right)",
        "patch": r"\max_p\; \mathbb{E}_{x,\,\text{place}}\; J(A(p, x, \text{place}), y)",
        "noise": r"x' = \mathrm{clip}_{[0,1]}\left(x + \varepsilon\,s\right), \qquad "
        r"s \in \{-1, +1\} \text{ by a coin}",
    }
)


def blocks(lab: "Adversarial") -> tuple[tuple[str, str], ...]:
    """Return (formula, sentence) for the attack on the stage, its goal and its size."""
    run, verdict = lab.run, lab.run.verdict
    first, now, sizes = run.moments[0], run.moment, verdict.norms
    goal = "rises" if run.plan.target is None else f"falls for “{lab.label(run.label)}”"
    p = run.before[0].softmax(0)[run.label].item()
    how = (
        f"{attack_name(run.plan)}: the loss it works on went from {abs(first.loss):.3g} to "
        f"{abs(now.loss):.3g} in {now.count} step{'' if now.count == 1 else 's'}."
    )
    return (
        (FORMULAS[run.plan.attack], how),
        (
            r"J(x, y) = -\ln p_y, \qquad p_y = \frac{e^{f_y}}{\sum_k e^{f_k}}",
            f"At the clean picture p = {p:.6f} for class “{lab.label(run.label)}”; the attack is "
            f"after a J that {goal}. The lead of “{lab.label(run.says)}” in logits went from "
            f"{first.margin:.2f} to {now.margin:.2f}.".replace("-", "−"),
        ),
        (
            r"\|r\|_\infty = \max_i |r_i|, \qquad \|r\|_2 = \sqrt{\textstyle\sum_i r_i^2}, \qquad "
            r"\|r\|_1 = \textstyle\sum_i |r_i|",
            f"{255 * sizes.linf.item():.0f}/255, {sizes.l2.item():.3f} and {sizes.l1.item():.2f} "
            f"of the 8-bit picture. A linear unit adds up to ε ‖w‖₁ under an L∞ attack: with "
            f"{run.x.numel():,} values many small changes make a large one. The budget here: "
            f"{SYMBOLS[run.plan.norm]} {budget(run.plan.eps, run.plan.norm)}."
            if run.plan.method.budget
            else f"{255 * sizes.linf.item():.0f}/255, {sizes.l2.item():.3f} and "
            f"{sizes.l1.item():.2f} of the 8-bit picture.",
        ),
    )
