"""What the stage shows of an attack."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from labs.live import Frame
from labs.vision.adversarial import survive, words
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.plan import hidden
from labs.vision.adversarial.record import last
from labs.vision.adversarial.run import Run, quantise
from labs.vision.adversarial.smallest import Smallest

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial

TOP = 5  # classes of a photograph that are listed
POINTS = 120  # of the loss on the screen
RIVALS = {
    "digit": ("lenet-mnist", "lenet-mnist-robust"),
    "photo": ("photo-net", "photo-net-robust"),
}


def attack(lab: "Adversarial") -> Frame:
    """The main card: before, what was added, after."""
    run = lab.run
    verdict, gradient = run.verdict, lab.gradient()
    delta = verdict.image - quantise(run.x)
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
    labels: dict[str, list[str]] = {}
    for name, logits in (("before", run.before), ("after", verdict.logits)):
        bars(lab, frame, labels, name, logits[0])
    frame.values["path"] = path(run)
    least = lab.least()
    at = len(run.moments) - 1 if run.shown is None else run.shown
    row, col = lab.pixel
    mark = [{"unit": 0, "box": [row, col, row + 1, col + 1]}]
    frame.notes = {
        "settings": lab.settings,
        "scale": "layer",
        "colors": {"gradient": "gradient"},
        "apart": ["seen", "adversarial", "true", "magnified", "gradient"],
        "marks": {"adversarial": mark, "gradient": mark},
        "labels": labels,
        "hidden": hidden(run.plan),
        "ticks": ticks(lab, least),
        "moments": {"at": at, "count": len(run.moments) - 1},
        "tables": {
            "facts": words.facts(lab, run, verdict, least),
            "pixel": words.pixel(lab, run, verdict, gradient),
            "masking": words.sight(lab, gradient),
        },
        "titles": {
            "seen": f"it says “{lab.label(run.says)}”",
            "adversarial": f"it says “{lab.label(verdict.says)}”",
            "magnified": magnified(largest, lab.subject.kind),
            "path": f"step {run.moment.count}" + ("" if run.done else ", going on"),
            "gradient": "of the loss, at the start",
        },
        "say": words.outcome(lab, run, verdict),
    }  # fmt: skip
    return frame


def magnified(largest: float, kind: str) -> str:
    """Return by how much a perturbation is magnified until it fills the scale."""
    if largest == 0:
        return "nothing changed"
    return f"{(1 if kind == 'digit' else 0.5) / largest:.1f} × larger"


def paint(lab: "Adversarial", frame: Frame, name: str, image: Tensor) -> None:
    """Put image: (1, C, H, W) on the panel `name`, as a map of ink or as a photograph."""
    if lab.subject.kind == "digit":
        frame.maps[name] = image[0]
    else:
        frame.images[name] = survive.png(image)


def bars(
    lab: "Adversarial", frame: Frame, labels: dict[str, list[str]], name: str, logits: Tensor
) -> None:
    """The probabilities of logits: (K,): all of ten digits, the first few of a hundred classes."""
    p = logits.softmax(0)
    if lab.subject.kind == "photo":
        p, order = p.topk(TOP)
        labels[name] = [lab.label(k) for k in order.tolist()]
    frame.values[name] = p


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
    value = least.eps * (255 if norm == "linf" else 1)
    return {f"eps_{norm}": {"value": value, "text": "the smallest that fools"}}


@torch.no_grad()
def survival(lab: "Adversarial", frame: Frame) -> None:
    """The second card: what is left of the attack after compression and the like."""
    run, verdict = lab.run, lab.run.verdict
    images = survive.treated(verdict.image, lab.settings)
    said = lab.model(torch.cat(list(images.values()))).softmax(1)
    knobs = tuple(lab.settings[knob] for knob in survive.RANGES)
    unharmed = lab.keep(
        "unharmed", knobs,
        lambda: lab.model(torch.cat(list(survive.treated(run.x, lab.settings).values()))),
    ).argmax(1).tolist()  # fmt: skip
    for (name, image), p, was in zip(images.items(), said, unharmed, strict=True):
        paint(lab, frame, f"survive.{name}", image)
        now = int(p.argmax())
        lab.survived[name] = run.fools(now)
        told = f"“{lab.label(now)}” {p[now]:.0%}, {'fools' if run.fools(now) else 'undone'}"
        if was != run.says:
            told += " (clean too)" if was == now else f" (clean: “{lab.label(was)}”)"
        frame.notes["titles"][f"survive.{name}"] = told
    others = [(k, title) for k, title in lab.subject.nets.items() if k != lab.settings["net"]]
    rows = [transfer(lab, run, name, title) for name, title in others]
    frame.notes["tables"]["transfer"] = {"rows": rows}


def transfer(lab: "Adversarial", run: Run, name: str, title: str) -> list[str]:
    """What another net says of the picture before and after, and whether it is fooled too."""
    other = network(name)
    before = lab.keep(f"before {name}", (), lambda: other(run.x)[0].softmax(0))
    after = other(run.verdict.image)[0].softmax(0)
    a, b = int(before.argmax()), int(after.argmax())
    moved = b == run.plan.target if run.plan.target is not None else a != b
    said = [f"{lab.label(k)} {p[k]:.0%}" for k, p in ((a, before), (b, after))]
    return [title, *said, "yes" if moved else "no"]


def rivals(lab: "Adversarial", frame: Frame) -> None:
    """The third card: the standard and the robust net under the same attack."""
    labels = frame.notes["labels"]
    plan = lab.plan if lab.plan.method.live else words.stand_in(lab.plan)
    for name in RIVALS[lab.subject.kind]:
        if name not in lab.subject.nets:
            continue
        model, key = network(name), "robust" if name.endswith("robust") else "standard"
        x = lab.run.x
        with torch.no_grad():
            y = model(x).argmax(1) if plan.target is None else torch.tensor([plan.target])
        image = quantise(last(plan.run(model, x, y)))
        with torch.no_grad():
            before, after = model(x)[0], model(image)[0]
        paint(lab, frame, f"{key}.image", image)
        bars(lab, frame, labels, f"{key}.after", after)
        gradient = _gradient(model, x, before.argmax()[None])
        frame.maps[f"{key}.gradient"] = gradient.mean(1)
        frame.notes["colors"][f"{key}.gradient"] = "gradient"
        frame.notes["apart"] += [f"{key}.gradient", f"{key}.image"]
        a, b = int(before.argmax()), int(after.argmax())
        frame.notes["titles"][f"{key}.image"] = f"“{lab.label(a)}” → “{lab.label(b)}”"
        frame.notes["titles"][f"{key}.after"] = words.attack_name(plan)


def _gradient(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """The gradient of the logit of y: unlike the loss's, it does not fade where the net is sure."""
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(model(x).gather(1, y[:, None]).sum(), x)
    return gradient
