"""The ascent in formulas, each with a sentence of the numbers on the stage."""

import math

from labs.numerals import counted
from labs.vision.dream.ascent import SMALLEST
from labs.vision.dream.scene import Scene


def blocks(scene: Scene) -> tuple[tuple[str, str], ...]:
    """Return (formula, sentence) for a step, the wishes and the octaves."""
    how = scene.how
    sizes = [f"{width} × {height}" for height, width in scene.sizes]
    return (
        (
            r"x \leftarrow x + \eta\,\frac{g}{\overline{|g|}} + \lambda\,(x_0 - x), \qquad "
            r"g = \nabla_x\, L(T(x))",
            f"η = {how.step_size:g}: a pixel moves by that much where its gradient is of mean "
            f"size; λ = {how.pull:g} pulls it back to the start. "
            f"L: {scene.wishes.words()}{_now(scene)}.",
        ),
        (
            r"\hat g(f) \leftarrow f^{-s}\,\hat g(f), \qquad "
            r"g \leftarrow \bigl((1-c)\,I + c\,CC^\top\bigr)\,g",
            f"Low frequencies f of the gradient count more by the softness s = {how.softness:g}; "
            f"its colours turn by c = {how.color:g} to those of photographs, of covariance CCᵀ.",
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
            f"{counted(len(sizes), 'octave')} of {counted(how.steps, 'step')}, each "
            f"{how.octave_scale:g} times larger; "
            f"none below {SMALLEST} pixels: {', '.join(sizes)}. The next step is on octave "
            f"{scene.octave + 1}.",
        ),
    )


def _now(scene: Scene) -> str:
    """What the objectives are worth."""
    if not scene.past.values:
        return ""
    step, value, outside = scene.past.values[-1]
    text = f", {value:.4g} before step {step}"
    if not math.isnan(outside):
        text += f"; outside the mask {scene.settings['outside']}, {outside:.4g}"
    return text
