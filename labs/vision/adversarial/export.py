"""Take an attack away: the pair of pictures, the perturbation, and a script that makes it again."""

import io
from base64 import encodebytes
from collections.abc import Callable

import numpy as np
import torch

from labs.images import decode
from labs.pictures import as_bytes, png
from labs.vision.adversarial.fgsm import fgsm_steps
from labs.vision.adversarial.levels import in_levels
from labs.vision.adversarial.pgd import climb, pgd_steps
from labs.vision.adversarial.plan import Plan
from labs.vision.adversarial.run import Run
from labs.vision.adversarial.scene import Scene

SCRIPT = '''"""An attack, made again: save this in the Glassbox folder, and run it there."""

import base64

import numpy as np
import torch
from PIL import Image

from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.ball import norms
from labs.vision.adversarial.nets import network
{imports}
PICTURE = """\\
{picture}"""

model = network({net!r})
x = torch.frombuffer(bytearray(base64.b64decode(PICTURE)), dtype=torch.uint8)
x = x.view({shape}) / 255{more}
y = {labels}
steps = ATTACKS[{attack!r}].run(
    model, x, y, generator=torch.Generator().manual_seed(0), **{arguments}
)
for count, step in enumerate(steps):
    print(f"step {{count}}, loss {{step.loss[0].item():.4f}}", flush=True)
clean, image = x[:1], (step.image[:1] * 255).round() / 255  # as files hold them
for name, pixels in (("clean", clean), ("adversarial", image)):
    array = (pixels[0] * 255).round().to(torch.uint8).permute(1, 2, 0).squeeze(-1).numpy()
    Image.fromarray(array).save(f"{{name}}.png")
    p = model(pixels)[0].softmax(0)
    print(f"{{name:12}} class {{int(p.argmax())}}, probability {{p.max().item():.6f}}")
np.save("perturbation.npy", (image - clean)[0].numpy(), allow_pickle=False)
size = norms(image - clean)
print(f"L0 {{int(size.l0)}}  L1 {{size.l1.item():.4f}}  L2 {{size.l2.item():.4f}}  "
      f"Linf {{255 * size.linf.item():.1f}}/255")
'''


def script(scene: Scene) -> str:
    """Return a script that attacks the same picture in the same way and prints the same numbers."""
    run = scene.run
    name = type(scene.subject).__name__
    many, target = run.plan.method.many, run.plan.target
    return SCRIPT.format(
        imports=f"from labs.vision.adversarial.subjects import {name}\n" if many else "",
        picture=encodebytes(as_bytes(run.x).numpy().tobytes()).decode(),
        net=scene.settings["net"],
        shape=", ".join(map(str, run.x.shape)),
        more=f"\nx = torch.cat([x, {name}().others()])" if many else "",
        labels="model(x).argmax(1)" if target is None else f"torch.full((len(x),), {target})",
        attack=run.plan.attack,
        arguments=run.plan.arguments(),
    )


def sources(plan: Plan) -> list[Callable]:
    """Return the functions that ran: the attack, PGD's climb where it is one of it, and what makes
    the smallest change longer.
    """
    steps = plan.method.steps
    if plan.method.least:
        return [steps, in_levels]
    return [steps, climb] if steps in (fgsm_steps, pgd_steps) else [steps]


def npy(run: Run) -> bytes:
    """Return what a file's pixels change by, (C, H, W) in multiples of 1/255, as a NumPy file."""
    delta = (run.verdict.image - run.x)[0]
    buffer = io.BytesIO()
    np.save(buffer, delta.contiguous().numpy(), allow_pickle=False)
    return buffer.getvalue()


@torch.no_grad()
def reread(scene: Scene) -> str:
    """Return a sentence of what the net says of the file that is offered, read back."""
    run = scene.run
    if scene.empty:
        return "The pad is empty; the picture's file holds what the attack added to nothing."
    p = run.model(decode(png(run.verdict.image)))[0].softmax(0)
    says = int(p.argmax())
    verb = "fools" if run.fools(says) else "does not fool"
    return (
        f"Read back from its file, the picture is “{scene.label(says)}” ({p[says]:.1%}): it {verb} "
        "the net."
    )
