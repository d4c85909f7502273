"""How parameters, multiply-adds and receptive fields are counted, with a layer's own numbers."""

from typing import Any

from labs.live.arithmetic import Arithmetic


def counting(layer: Arithmetic) -> tuple[tuple[str, str], ...]:
    """Return (formula, plain sentence) for a layer's counts and for the receptive field."""
    return (
        (r"\begin{gathered} P = C_{out}\left(\frac{C_{in}}{g}\,k^2 + 1\right) \\[1ex] "
         r"M = H' W'\, C_{out}\, \frac{C_{in}}{g}\,k^2 \end{gathered}",
         f"{layer.title}: {layer.sum}."),
        (r"\begin{gathered} r_{l} = r_{l-1} + d_l\,(k_l - 1)\, j_{l-1} \\[1ex] "
         r"j_l = j_{l-1}\, s_l \end{gathered}",
         "The receptive field r grows by the kernel's reach times the jump j between two units; "
         "of two branches the larger counts."),
    )  # fmt: skip


def answer(seen: Any) -> tuple[tuple[str, str], ...]:
    """Return (formula, plain sentence) for the probabilities and for Grad-CAM; seen: a `Seen`."""
    p, k = seen.now.p, seen.chosen
    return (
        (r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
         f"Of {len(p):,} classes “{seen.said}” has the largest logit z: p = {p.max():.3f}."),
        (r"L = \mathrm{ReLU}\Bigl(\sum_c \alpha_c A_c\Bigr), \qquad "
         r"\alpha_c = \frac{1}{hw}\sum_{i,j} \frac{\partial z_k}{\partial A_{c,i,j}}",
         f"Grad-CAM for “{seen.names[k]}” (p = {p[k]:.3f}): the maps A of the last stage, "
         f"{' × '.join(map(str, [*seen.now.maps.values()][-1].shape))}, each weighted by its mean "
         f"gradient; the largest value is {seen.now.cam.max():.3g}."),
        (r"x' = (1 - m)\,x + \tfrac{1}{2}\,m",
         f"What is painted over is grey for the net: {seen.cover:.1%} of the photo."),
    )  # fmt: skip
