"""How parameters, multiply-adds and receptive fields are counted, with a layer's own numbers."""

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
