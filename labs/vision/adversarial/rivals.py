"""What the stage shows of the standard and the robust net under the same attack."""

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from labs.images import quantise
from labs.live import Frame
from labs.vision.adversarial import words
from labs.vision.adversarial.frames import bars, paint
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.record import last

if TYPE_CHECKING:
    from labs.vision.adversarial.experiment import Adversarial

RIVALS = {
    "digit": ("lenet-mnist", "lenet-mnist-robust"),
    "photo": ("photo-net", "photo-net-robust"),
}


def show(lab: "Adversarial", frame: Frame) -> None:
    """Add both nets, each attacked by its own gradient, and those gradients."""
    plan = lab.plan if lab.plan.method.live else words.stand_in(lab.plan)
    for name in RIVALS[lab.subject.kind]:
        if name in lab.subject.nets:
            key = "robust" if name.endswith("robust") else "standard"
            _rival(lab, frame, key, network(name), plan)


def _rival(lab: "Adversarial", frame: Frame, key: str, model: nn.Module, plan: Plan) -> None:
    """Add one net's attacked picture, what it says of it, and its gradient."""
    x = lab.run.x
    with torch.no_grad():
        said = model(x).argmax(1)
    y = said if plan.target is None else torch.tensor([plan.target])
    image = quantise(last(plan.run(model, x, y)))
    with torch.no_grad():
        after = model(image)[0]
    gradient = lab.keep(f"gradient {key}", (), lambda: sensitivity(model, x, said))
    paint(lab, frame, f"{key}.image", image)
    bars(lab, frame, f"{key}.after", after)
    frame.maps[f"{key}.gradient"] = gradient.mean(1)
    notes = frame.notes
    notes["colors"][f"{key}.gradient"] = "gradient"
    notes["apart"] += [f"{key}.gradient", f"{key}.image"]
    was, now = (lab.label(int(k)) for k in (said, after.argmax()))
    notes["titles"] |= {
        f"{key}.image": words.attack_name(plan),
        f"{key}.after": f"“{was}” → “{now}”",
    }


def sensitivity(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """Return the gradient of the logit of y at x: (1, C, H, W).

    Unlike the loss's, it does not fade where the net is sure.
    """
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(model(x).gather(1, y[:, None]).sum(), x)
    return gradient
