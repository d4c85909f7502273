"""The ascent in formulas, each with a sentence of the numbers on the stage."""

import math
from typing import TYPE_CHECKING

from labs.vision.dream.ascent import SMALLEST

if TYPE_CHECKING:
    from labs.vision.dream.experiment import Dream


def blocks(lab: "Dream") -> tuple[tuple[str, str], ...]:
    """Return (formula, sentence) for a step, the wishes and the octaves."""
    how = lab.how()
    sizes = [f"{width} × {height}" for height, width in lab.sizes()]
    octaves = f"{len(sizes)} octave{'s' if len(sizes) > 1 else ''}"
    return (
        (
            r"x \leftarrow x + \eta\,\frac{g}{\overline{|g|}}, \qquad g = \nabla_x\, L(T(x))",
            f"η = {how.step_size:g}: a pixel moves by that much where its gradient is of mean "
            f"size. L: {lab.wishes.words()}{_now(lab)}.",
        ),
        (
            r"L_{\text{layer}} = \frac{1}{CHW}\sum_{c,h,w} a_{c,h,w}^2",
            "Deep Dream's wish: more of whatever the layer sees already.",
        ),
        (
            r"L_{\text{channel}} = \frac{1}{HW}\sum_{h,w} a_{k,h,w}",
            "The wish for channel k; for a class it is the logit of that class.",
        ),
        (
            r"\text{octave } i:\quad (h, w) = (H, W) / s^{\,i}",
            f"{octaves} of {how.steps} steps, each {how.octave_scale:g} times larger; "
            f"none below {SMALLEST} pixels: {', '.join(sizes)}. The next step is on octave "
            f"{lab.octave() + 1}.",
        ),
    )


def _now(lab: "Dream") -> str:
    """What the objectives are worth."""
    if not lab.past.values:
        return ""
    step, value, outside = lab.past.values[-1]
    told = f", {value:.4g} before step {step}"
    if not math.isnan(outside):
        told += f"; outside the mask {lab.settings['outside']}, {outside:.4g}"
    return told
