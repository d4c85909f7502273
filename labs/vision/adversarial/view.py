"""What the stage shows of an attack."""

import torch
from torch import Tensor

from labs.live import Frame
from labs.pictures import png
from labs.vision.adversarial import words
from labs.vision.adversarial.plan import hidden, on_slider
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.scene import Scene

TOP = 5  # classes of a photograph that are listed
POINTS = 120  # of the loss on the screen


def attack(scene: Scene) -> Frame:
    """The main card: before, what was added, after."""
    run, verdict, gradient = scene.run, scene.verdict, scene.slope.gradient
    delta = verdict.image - run.x
    largest = delta.abs().max().item()
    frame = Frame()
    paint(scene, frame, "seen", run.x)
    paint(scene, frame, "adversarial", verdict.image)
    if scene.subject.kind == "digit":
        frame.maps |= {"true": delta[0], "magnified": delta[0]}
    else:
        frame.images["true"] = png(0.5 + delta)
        frame.images["magnified"] = png(0.5 + delta / (2 * max(largest, 1e-6)))
    frame.maps["gradient"] = gradient.mean(1)
    frame.values["path"] = path(run)
    row, col = scene.pixel
    mark = [{"unit": 0, "box": [row, col, row + 1, col + 1]}]
    frame.notes = {
        "scale": "layer",
        "colors": {"gradient": "gradient"},
        "apart": ["seen", "adversarial", "true", "magnified", "gradient"],
        "marks": {"adversarial": mark, "gradient": mark},
        "labels": {},
        "hidden": hidden(run.plan),
        "ticks": ticks(scene),
        "moments": moments(scene),
        "tables": {
            "facts": words.facts(scene),
            "pixel": words.pixel(scene),
            "masking": words.sight(scene),
        },
        "titles": {
            "seen": words.says(scene, run.says),
            "adversarial": words.says(scene, verdict.says),
            "magnified": magnified(largest, scene.subject.kind),
            "gradient": "of the loss at x" + ("" if gradient.any() else ": 0"),
            "path": words.progress(run),
        },
        "say": words.outcome(scene),
    }
    for name, logits in (("before", run.before), ("after", verdict.logits)):
        bars(scene, frame, name, logits[0])
    return frame


def magnified(largest: float, kind: str) -> str:
    """Return by how much a perturbation is magnified until it fills the scale."""
    if largest == 0:
        return "nothing changed"
    return f"{1 / largest:.1f} × larger" if kind == "digit" else f"{0.5 / largest:.1f} ×, on grey"


def paint(scene: Scene, frame: Frame, name: str, image: Tensor) -> None:
    """Put image: (1, C, H, W) on the panel `name`, as a map of ink or as a photograph."""
    if scene.subject.kind == "digit":
        frame.maps[name] = image[0]
    else:
        frame.images[name] = png(image)


def bars(scene: Scene, frame: Frame, name: str, logits: Tensor) -> None:
    """The probabilities of logits: (K,): all of ten digits, the first few of a hundred classes."""
    p = logits.softmax(0)
    if scene.subject.kind == "photo":
        p, order = p.topk(TOP)
        frame.notes["labels"][name] = [scene.label(k) for k in order.tolist()]
    frame.values[name] = p


def moments(scene: Scene) -> dict:
    """Return the moment shown, how many there are, and what the net said until when."""
    run = scene.run
    last = len(run.moments) - 1
    classes: list[tuple[int, float]] = []  # and until when
    for i, moment in enumerate(run.moments):
        if classes and classes[-1][0] == moment.says:
            classes.pop()
        classes.append((moment.says, min(i + 0.5, last)))  # the verdict changes half-way
    return {
        "at": last if run.shown is None else run.shown,
        "count": last,
        "told": f"{run.moment.count} / {run.count - 1}",  # of a long attack not all are kept
        "said": [] if scene.empty else [(scene.label(k), until) for k, until in classes],
    }


def path(run: Run) -> Tensor:
    """Return (3, points): step, loss, lead of the first class in logits."""
    moments = run.moments if run.shown is None else run.moments[: run.shown + 1]
    stride = max(1, len(moments) // POINTS)
    some = moments[::stride] + ([moments[-1]] if (len(moments) - 1) % stride else [])
    return torch.tensor([[float(m.count), m.loss, m.margin] for m in some]).T.contiguous()


def ticks(scene: Scene) -> dict[str, dict]:
    """Where the smallest budget lies on its slider."""
    least, norm = scene.least, scene.plan.norm
    if scene.empty or least is None or least.eps is None:
        return {}
    text = "the smallest that fools"
    return {f"eps_{norm}": {"value": on_slider(least.eps, norm), "text": text}}
