"""What the stage shows of an attack."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from labs.live import Frame
from labs.vision.adversarial import survive, words
from labs.vision.adversarial.plan import hidden, on_slider
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.smallest import Smallest

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial

TOP = 5  # classes of a photograph that are listed
POINTS = 120  # of the loss on the screen


def attack(lab: "Adversarial") -> Frame:
    """The main card: before, what was added, after."""
    run = lab.run
    verdict, gradient = run.verdict, lab.slope().gradient
    delta = verdict.image - run.x
    largest = delta.abs().max().item()
    frame = Frame()
    paint(lab, frame, "seen", run.x)
    paint(lab, frame, "adversarial", verdict.image)
    if lab.subject.kind == "digit":
        frame.maps |= {"true": delta[0], "magnified": delta[0]}
    else:
        frame.images["true"] = survive.png(0.5 + delta)
        frame.images["magnified"] = survive.png(0.5 + delta / (2 * max(largest, 1e-6)))
    frame.maps["gradient"] = gradient.mean(1)
    frame.values["path"] = path(run)
    least = lab.least()
    row, col = lab.pixel
    mark = [{"unit": 0, "box": [row, col, row + 1, col + 1]}]
    frame.notes = {
        "settings": lab.settings,
        "scale": "layer",
        "colors": {"gradient": "gradient"},
        "apart": ["seen", "adversarial", "true", "magnified", "gradient"],
        "marks": {"adversarial": mark, "gradient": mark},
        "labels": {},
        "hidden": hidden(run.plan),
        "ticks": ticks(lab, least),
        "moments": moments(lab, run),
        "tables": {
            "facts": words.facts(lab, run, verdict, least),
            "pixel": words.pixel(lab, run, verdict, gradient),
            "masking": lab.keep("sight", (run.plan.target, least), lambda: words.sight(lab, least)),
        },
        "titles": {
            "seen": f"it says “{lab.label(run.says)}”",
            "adversarial": f"it says “{lab.label(verdict.says)}”",
            "magnified": magnified(largest, lab.subject.kind),
            "gradient": "of the loss at x" + ("" if gradient.any() else ": 0"),
            "path": words.progress(run),
        },
        "say": words.outcome(lab, run, verdict, least),
    }  # fmt: skip
    for name, logits in (("before", run.before), ("after", verdict.logits)):
        bars(lab, frame, name, logits[0])
    return frame


def magnified(largest: float, kind: str) -> str:
    """Return by how much a perturbation is magnified until it fills the scale."""
    if largest == 0:
        return "nothing changed"
    return f"{1 / largest:.1f} × larger" if kind == "digit" else f"{0.5 / largest:.1f} ×, on grey"


def paint(lab: "Adversarial", frame: Frame, name: str, image: Tensor) -> None:
    """Put image: (1, C, H, W) on the panel `name`, as a map of ink or as a photograph."""
    if lab.subject.kind == "digit":
        frame.maps[name] = image[0]
    else:
        frame.images[name] = survive.png(image)


def bars(lab: "Adversarial", frame: Frame, name: str, logits: Tensor) -> None:
    """The probabilities of logits: (K,): all of ten digits, the first few of a hundred classes."""
    p = logits.softmax(0)
    if lab.subject.kind == "photo":
        p, order = p.topk(TOP)
        frame.notes["labels"][name] = [lab.label(k) for k in order.tolist()]
    frame.values[name] = p


def moments(lab: "Adversarial", run: Run) -> dict:
    """Return the moment shown, how many there are, and what the net said until when."""
    last = len(run.moments) - 1
    said: list[list] = []
    for i, moment in enumerate(run.moments):
        if said and said[-1][0] == moment.says:
            said.pop()
        said.append([moment.says, min(i + 0.5, last)])  # the verdict changes half-way
    told = [(lab.label(k), until) for k, until in said]
    return {
        "at": last if run.shown is None else run.shown,
        "count": last,
        "told": f"{run.moment.count} / {run.count - 1}",  # of a long attack not all are kept
        "said": told,
    }


def path(run: Run) -> Tensor:
    """Return (3, points): step, loss, lead of the first class in logits."""
    moments = run.moments if run.shown is None else run.moments[: run.shown + 1]
    stride = max(1, len(moments) // POINTS)
    some = moments[::stride] + ([moments[-1]] if (len(moments) - 1) % stride else [])
    return torch.tensor([[float(m.count), m.loss, m.margin] for m in some]).T.contiguous()


def ticks(lab: "Adversarial", least: Smallest | None) -> dict[str, dict]:
    """Where the smallest budget lies on its slider."""
    if least is None or least.eps is None:
        return {}
    norm = lab.plan.norm
    text = "the smallest that fools"
    return {f"eps_{norm}": {"value": on_slider(least.eps, norm), "text": text}}
