"""The formulas of the GAN labs, with the numbers of now."""

from labs.generative.gan import Beside, Digits, Film, Gan
from labs.generative.gan.losses import LOSSES
from labs.numerals import article, counted, written


def plane(lab: Gan) -> list[tuple[str, str]]:
    """Both losses, the penalty and the measure."""
    loss, now, s = LOSSES[str(lab.settings["loss"])], lab.recent[-1], lab.settings
    first = (
        "No step was taken yet."
        if not now.step
        else (
            f"After {counted(lab.steps, 'step')}: {written(now.discriminator, '.4f')} for the "
            f"discriminator, {written(now.generator, '.4f')} for the generator."
        )
    )
    found = [
        (rf"L_D = {loss.formulas[0]} \\[4pt] L_G = {loss.formulas[1]}",
         f"{first} D = σ(d) is the probability that a point is real, d its logit."),
        (r"\mathrm{JS} = \tfrac12 \mathrm{KL}(p \Vert m) + \tfrac12 \mathrm{KL}(q \Vert m), "
         r"\quad m = \tfrac12 (p + q)",
         f"Counted on a grid of 16 × 16 cells: {written(now.js, '.4f')} of at most 0.6931 nats; "
         f"KL(real ‖ fake) = {written(now.kl, '.3f')} nats. The best discriminator is "
         "D* = p / (p + q)."),
    ]  # fmt: skip
    if s["penalty"]:
        found.append(
            (r"\lambda\, \mathbb E\left[\left(\lVert \nabla_{\hat x} d(\hat x) \rVert - 1"
             r"\right)^2\right]", f"λ = {s['penalty']:.1f}, between each real and a fake.")
        )  # fmt: skip
    return found


def digits(lab: Digits) -> list[tuple[str, str]]:
    """The hinge losses that it was trained by, and the step towards the real."""
    first, now, steps, _ = lab.evidence()
    return [
        (r"L_D = \mathbb E\left[\max(0, 1 - d(x, y))\right] + "
         r"\mathbb E\left[\max(0, 1 + d(G(z, y), y))\right], \quad L_G = -\mathbb E[d(G(z, y), y)]",
         f"Your drawing as {article(lab.names[lab.kind])}: d = {written(first, '+.3f')}."),
        (r"x \leftarrow x + \eta\, \frac{\nabla_x d(x, y)}{\lVert \nabla_x d(x, y) \rVert_\infty}",
         f"After {counted(steps, 'step')}: d = {written(now, '+.3f')}."),
    ]  # fmt: skip


def film(lab: Film) -> list[tuple[str, str]]:
    """Both losses, batch norm, and how digits are counted."""
    loss, (_, d, g, kinds, sure) = LOSSES[str(lab.settings["loss"])], lab.looks[-1]
    first = (
        f"At step {lab.looks[-1][0]:,.0f}: {written(d, '.4f')} for the discriminator, "
        f"{written(g, '.4f')} for the generator."
        if lab.count
        else "No step was taken yet."
    )
    return [
        (rf"L_D = {loss.formulas[0]} \\[4pt] L_G = {loss.formulas[1]}", first),
        (r"\hat a = \frac{a - \operatorname{mean} a}{\sqrt{\operatorname{var} a + 10^{-5}}}",
         "Batch norm keeps the fakes of one batch apart: they cannot all be the same where every "
         "unit must have a variance of 1 over the batch. "
         f"It is {lab.settings['norm']}."),
        (r"\text{covered} = \#\left\{k : p_k \ge \tfrac14 \cdot \tfrac1{10}\right\}",
         f"{kinds:.0f} of 10 digits; LeNet is {sure:.0%} sure on average."),
    ]  # fmt: skip


def beside(lab: Beside) -> list[tuple[str, str]]:
    """Where a code comes from in each net, and the search for the GAN's."""
    _, _, error, _ = lab.evidence()
    digit, z = lab.searches[0].best(lab.seen)
    return [
        (r"z_{\mathrm{AE}} = E(x), \quad z_{\mathrm{VAE}} = \mu(x), \quad (z, y)_{\mathrm{GAN}} "
         r"= \arg\min_{z, y} \lVert G(z, y) - x \rVert^2",
         f"The nearest fake found is a {digit}, squared error {written(error, '.2f')}, with |z| = "
         f"{written(z.norm().item(), '.2f')}; noise that is thrown lies around "
         f"{lab.gan.latent**0.5:.0f}."),
        (r"z(t) = (1 - t)\, z_A + t\, z_B, \qquad y(t) = (1 - t)\, y_A + t\, y_B",
         "The GAN's class goes over, too: it was trained with one class at a time, so what lies in "
         "between is new to it."),
    ]  # fmt: skip
