"""One full frame of LeNet, forward and backward, against what one would write first.

Both give every activation and the gradient of the winning logit at the input; ours gives the
gradient at every activation besides.  Encoding is left out on both sides.
"""

import copy
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from labs import zoo
from labs.data import strokes
from labs.drawing import Drawing
from labs.drawing.mnist import as_mnist
from labs.live import Frame, encode
from labs.vision.digit.passes import Forward, backward, forward
from tests.bench.measure import Row, interleaved

SPATIAL = ("seen", "conv1", "pool1", "conv2", "pool2")


def a_digit() -> Tensor:
    """Return a drawn 3 as the network sees it: (28, 28)."""
    drawing = Drawing()
    drawing.replace(strokes.sample(3))
    return as_mnist(drawing.ink)[0, 0]


def ours(seen: Tensor, weights: dict[str, Tensor]) -> tuple[Forward, dict[str, Tensor]]:
    """The lab's way."""
    a = forward(seen, weights)
    return a, backward(a, weights, int(a.logits.argmax()))


def encoded(a: Forward, gradients: dict[str, Tensor]) -> bytes:
    """Every activation and the input's gradient as the message that the browser gets."""
    maps = {name: getattr(a, name).view(-1, *getattr(a, name).shape[-2:]) for name in SPATIAL}
    dense = {"fc1": a.fc1.view(1, 10, 12), "fc2": a.fc2.view(1, 7, 12)}
    values = {"softmax": a.probabilities, "logits": a.logits}
    return encode(Frame(maps | dense | {"saliency": gradients["seen"][None]}, values), version=1)


def layers(net: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """Return every activation of LeNet, by modules."""
    a = {"conv1": net.conv1(x).relu()}
    a["pool1"] = net.pool1(a["conv1"])
    a["conv2"] = net.conv2(a["pool1"]).relu()
    a["pool2"] = net.pool2(a["conv2"])
    a["fc1"] = net.fc1(a["pool2"].flatten(1)).relu()
    a["fc2"] = net.fc2(a["fc1"]).relu()
    a["logits"] = net.fc3(a["fc2"])
    return a


def eager(net: nn.Module, seen: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """The first way that comes to mind: `.backward()` on the model as it is."""
    net.zero_grad()
    x = seen[None, None].clone().requires_grad_()
    a = layers(net, x)
    a["logits"][0, a["logits"].argmax()].backward()
    return a, x.grad


def frozen(net: nn.Module, seen: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """The same with frozen weights and `autograd.grad`."""
    x = seen[None, None].clone().requires_grad_()
    a = layers(net, x)
    (gradient,) = torch.autograd.grad(a["logits"][0, a["logits"].argmax()], x)
    return a, gradient


def rows() -> Iterator[Row]:
    """Check that all agree, then time them."""
    seen, net = a_digit(), zoo.load("lenet-mnist")
    weights, trained = dict(net.state_dict()), copy.deepcopy(net).requires_grad_()
    mine = ours(seen, weights)[1]["seen"]
    for other in (eager(trained, seen)[1], frozen(net, seen)[1]):
        torch.testing.assert_close(mine, other[0, 0], rtol=1e-4, atol=1e-5)
    ms = interleaved(
        {
            "ours": lambda: ours(seen, weights),
            "eager": lambda: eager(trained, seen),
            "frozen": lambda: frozen(net, seen),
            "encoded": lambda: encoded(*ours(seen, weights)),
        }
    )
    yield Row("full frame, no encoding", ms["ours"], "ms")
    yield Row("full frame with encoding", ms["encoded"], "ms", at_most=1.5)
    yield Row("plain eager with .backward()", ms["eager"], "ms")
    yield Row("autograd.grad, frozen", ms["frozen"], "ms")
    yield Row("full frame against plain eager", ms["eager"] / ms["ours"], "times", at_least=2.5)
    yield Row("full frame against autograd.grad, frozen", ms["frozen"] / ms["ours"], "times")
