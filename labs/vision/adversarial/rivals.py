"""What the stage shows of the standard and the robust net under the same attack."""

import torch
from torch import Tensor, nn

from labs.images import quantise
from labs.live import Frame
from labs.vision.adversarial import words
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.record import last
from labs.vision.adversarial.scene import Scene
from labs.vision.adversarial.view import bars, paint

RIVALS = {
    "digit": ("lenet-mnist", "lenet-mnist-robust"),
    "photo": ("photo-net", "photo-net-robust"),
}


def show(frame: Frame, scene: Scene) -> None:
    """Add both nets, each attacked by its own gradient, and those gradients."""
    plan = scene.plan if scene.plan.live else words.stand_in(scene.plan)
    for name in RIVALS[scene.subject.kind]:
        if name in scene.subject.nets:
            key = "robust" if name.endswith("robust") else "standard"
            _rival(frame, scene, key, network(name), plan)


def _rival(frame: Frame, scene: Scene, key: str, model: nn.Module, plan: Plan) -> None:
    """Add one net's attacked picture, what it says of it, and its gradient."""
    x = scene.run.x
    with torch.no_grad():
        before = model(x).argmax(1)
    y = before if plan.target is None else torch.tensor([plan.target])
    image = quantise(last(plan.run(model, x, y)))
    with torch.no_grad():
        after = model(image)[0]
    gradient = scene.keep(f"gradient {key}", (), lambda: sensitivity(model, x, before))
    paint(scene, frame, f"{key}.image", image)
    bars(scene, frame, f"{key}.after", after)
    frame.maps[f"{key}.gradient"] = gradient.mean(1)
    notes = frame.notes
    notes["colors"][f"{key}.gradient"] = "gradient"
    notes["apart"] += [f"{key}.gradient", f"{key}.image"]
    was, now = (scene.label(int(k)) for k in (before, after.argmax()))
    notes["titles"] |= {
        f"{key}.image": words.attack_name(plan),
        f"{key}.after": "the pad is empty" if scene.empty else f"“{was}” → “{now}”",
    }


def sensitivity(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """Return the gradient of the logit of y at x: (1, C, H, W).

    Unlike the loss's, it does not fade where the net is sure.
    """
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(model(x).gather(1, y[:, None]).sum(), x)
    return gradient
