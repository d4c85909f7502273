"""The formulas of scenes, with the numbers of now."""

from typing import Any

from labs.data.doodles import CLASSES
from labs.models.boxes import iou
from labs.models.scene import ANCHORS
from labs.numerals import counted, written

Blocks = list[tuple[str, str]]


def draw(lab: Any) -> Blocks:
    """The score of a box, and the class of a pixel."""
    found = lab.found()
    row, col = lab.pointed
    shares = lab.answer.pixels[0, :, row, col].softmax(0)
    best = int(shares.argmax())
    said = "Nothing is found." if not len(found.scores) else (
        f"The best box, “{CLASSES[int(found.labels[0])]}”, has the score "
        f"{written(found.scores[0], '.4f')}."
    )  # fmt: skip
    return [
        (r"s = \sigma(t_o) \cdot \max_c \frac{e^{z_c}}{\sum_k e^{z_k}}", said),
        (r"\hat c(i, j) = \arg\max_c z_{c,i,j}",
         f"At row {row}, column {col}: “{('background', *CLASSES)[best]}” with a share of "
         f"{written(shares[best], '.4f')}."),
    ]  # fmt: skip


def boxes(lab: Any) -> Blocks:
    """A cell's box, IoU, suppression."""
    (row, col), a = lab.at, int(lab.settings["anchor"])
    x0, y0, x1, y1 = lab.answer.boxes[0, a, row, col].tolist()
    best = lab.walked()[0]
    pair = "There are not two boxes to compare."
    if len(best.boxes) > 1:
        value = iou(best.boxes[:1], best.boxes[1:2])[0, 0]
        pair = f"Of the two best boxes: {written(value, '.3f')}."
    w, h = ANCHORS[a]
    return [
        (r"b_x = 16\,(c + 2\sigma(t_x) - \tfrac12), \quad b_w = a_w e^{t_w}",
         f"Row {row}, column {col}, anchor {w:.0f} × {h:.0f}: a box from ({written(x0, '.1f')}, "
         f"{written(y0, '.1f')}) to ({written(x1, '.1f')}, {written(y1, '.1f')})."),
        (r"\mathrm{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|}", pair),
        (r"\text{keep } i \text{ if no kept } j \text{ with } s_j > s_i \text{ has } "
         r"\mathrm{IoU}(i, j) > \tau", f"τ = {lab.settings['iou']:.2f}; "
         f"{len(lab.candidates().scores)} boxes go in, {len(lab.found().scores)} are kept."),
    ]  # fmt: skip


def pixels(lab: Any) -> Blocks:
    """The sum over strides, transposed convolution."""
    row, col = lab.pointed
    scores = lab.answer.pixels[0, :, row, col]
    k, stride = int(lab.settings["kernel"]), int(lab.settings["stride"])
    best = int(scores.argmax())
    return [
        (r"z = \uparrow_4\!(\uparrow_2(\uparrow_2(\uparrow_2 z_{32} + z_{16}) + z_8) + z_4)",
         f"At row {row}, column {col} the largest score is {written(scores[best], '.2f')}, of "
         f"“{('background', *CLASSES)[best]}”."),
        (r"y_{i,j} = \sum_{p,q} x_{p,q}\, w_{i - sp,\; j - sq}",
         f"Kernel {k}, stride {stride}: each side of 4 becomes {3 * stride + k}."),
    ]  # fmt: skip


def score(lab: Any) -> Blocks:
    """Precision, recall, average precision, mean IoU."""
    precision, recall = lab.operating()
    precisions = lab.precisions()[lab.there > 0]
    return [
        (r"\text{precision} = \frac{TP}{TP + FP}, \quad \text{recall} = \frac{TP}{TP + FN}",
         f"At the threshold {lab.settings['threshold']:.2f}: {written(precision, '.3f')} and "
         f"{written(recall, '.3f')}."),
        (r"AP = \sum_k (r_k - r_{k-1}) \max_{j \ge k} p_j",
         f"Mean over {len(precisions)} classes: {written(precisions.mean(), '.3f')}, after "
         f"{lab.count} of 500 scenes."),
        (r"\text{IoU}_c = \frac{n_{cc}}{\sum_k n_{ck} + \sum_k n_{kc} - n_{cc}}",
         f"Mean over the background and 15 classes: {written(lab.shares().mean(), '.3f')}."),
    ]  # fmt: skip


def learning(lab: Any) -> Blocks:
    """The parts of the loss."""
    parts = lab.parts.table()[:, -1].tolist() if lab.parts else [0.0] * 5
    now = [written(v, ".3f") for v in parts[1:]]
    return [
        (r"L = 2\,L_\text{box} + L_\text{objectness} + L_\text{class} + 3\,L_\text{pixels}",
         f"After {counted(lab.taken, 'step')}: {' + '.join(now)}, weights included."),
        (r"L_\text{box} = 1 - \text{GIoU}, \quad \text{GIoU} = \text{IoU} - "
         r"\frac{|H \setminus (A \cup B)|}{|H|}", "H is the smallest box around both; so boxes "
         "that do not touch still attract each other."),
    ]  # fmt: skip
