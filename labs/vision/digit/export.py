"""A script that gives the numbers on the screen, with nothing but torch and safetensors."""

import inspect
from base64 import encodebytes
from collections.abc import Iterator, Mapping

import torch
from safetensors.torch import save
from torch import Tensor

from labs.models.lenet import LeNet5
from labs.vision.digit.passes import LAYERS, Forward, Weights

SCRIPT = '''"""LeNet-5 on one drawing, as Glassbox showed it.  Needs torch and safetensors."""

import base64

import torch
from safetensors.torch import load
from torch import Tensor, nn


{model}

WEIGHTS = """\\
{weights}"""
PIXELS = """\\
{pixels}"""
OFF = {off}  # units that were switched off, by layer
TARGET = {target}  # the logit whose gradient was shown

model = LeNet5().requires_grad_(False)
model.load_state_dict({{k: v.float() for k, v in load(base64.b64decode(WEIGHTS)).items()}})


def switch(layer: str, dims: tuple[int, ...]):
    """A hook that zeroes the units of a layer that were switched off, after their ReLU."""

    def hook(_module, _inputs, output):
        mask = torch.ones(output.shape[1])
        mask[OFF.get(layer, [])] = 0
        return output.relu() * mask.view(1, -1, *dims)

    return hook


for name, dims in (("conv1", (1, 1)), ("conv2", (1, 1)), ("fc1", ()), ("fc2", ())):
    getattr(model, name).register_forward_hook(switch(name, dims))

x = torch.frombuffer(bytearray(base64.b64decode(PIXELS)), dtype=torch.float32)
x = x.view(1, 1, 28, 28).clone().requires_grad_()
logits = model(x)[0]
(gradient,) = torch.autograd.grad(logits[TARGET], x)
print("logits       ", " ".join(f"{{v:.6f}}" for v in logits.tolist()))
print("probabilities", " ".join(f"{{v:.6f}}" for v in logits.softmax(0).tolist()))
print("largest gradient of logit", TARGET, f"{{gradient.abs().max().item():.6f}}")
'''


def script(seen: Tensor, weights: Weights, off: dict[str, set[int]], target: int) -> str:
    """Return the script for a picture seen: (28, 28) and the weights as they are now."""
    halves = {name: w.half() for name, w in weights.items()}
    exact = {
        name: halves[name] if torch.equal(halves[name].float(), w) else w.clone()
        for name, w in weights.items()
    }
    return SCRIPT.format(
        model=inspect.getsource(LeNet5),
        weights=encodebytes(save(exact)).decode(),
        pixels=encodebytes(seen.contiguous().numpy().tobytes()).decode(),
        off={layer: sorted(units) for layer, units in off.items() if units},
        target=target,
    )


def rows(a: Forward, gradients: Mapping[str, Tensor]) -> Iterator[dict[str, object]]:
    """Yield every activation with the gradient of the chosen logit at it."""
    for layer in LAYERS:
        values, slopes = getattr(a, layer).flatten().tolist(), gradients[layer].flatten().tolist()
        for unit, (value, slope) in enumerate(zip(values, slopes, strict=True)):
            yield {"layer": layer, "unit": unit, "activation": value, "gradient": slope}
