"""EfficientNet-Lite0 as the zoo gives it, against the same modules unfolded."""

from collections.abc import Iterator

import torch
from torch import nn

from labs import zoo
from labs.models.efficientnet_lite import EfficientNetLite0
from tests.bench.measure import Row, interleaved


def rows() -> Iterator[Row]:
    """Yield how many times as fast the folded net is, for one photograph of 224 pixels."""
    x = torch.rand(1, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    plain, ours = EfficientNetLite0().eval().requires_grad_(False), zoo.load("efficientnet-lite0")
    for relu in (m for m in plain.modules() if isinstance(m, nn.ReLU6)):
        relu.register_forward_hook(lambda *_: None)  # so that it runs as the module it is
    times = interleaved({"ours": lambda: ours(x), "plain": lambda: plain(x)}, repeats=20, warm=2)
    yield Row("forward, folded, times as fast", times["plain"] / times["ours"], "x", at_least=1.5)
