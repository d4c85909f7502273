"""Survey a network: run it without numbers and note every layer's shape, cost and reach.

The run is on torch's `meta` device, where tensors have shapes and nothing else, so VGG-16 takes
milliseconds and no memory.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import nn

from labs.vision.architectures.layer import Layer
from labs.vision.architectures.recorder import Recorder


@dataclass(frozen=True)
class Survey:
    """All layers in the order in which they ran, up to where it broke."""

    layers: tuple[Layer, ...]
    fault: str = ""  # one sentence if the network could not take the input
    at: str = ""  # the module that broke

    @property
    def parameters(self) -> int:
        """All numbers that are learned; a module that runs twice counts once."""
        return sum(layer.parameters for layer in self.layers)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The modules that run more than once, such as the ReLU of a residual block."""
        names = Counter(layer.name for layer in self.layers if layer.what)
        return frozenset(name for name, count in names.items() if count > 1)

    @property
    def macs(self) -> int:
        """Multiply-adds of one run."""
        return sum(layer.macs for layer in self.layers)


def survey(model: nn.Module, shape: Sequence[int]) -> Survey:
    """Return what happens to an input of `shape`, e.g. (1, 3, 224, 224), in `model`.

    The model is run as it is; put it on the meta device (`with torch.device("meta"): Net()`) and
    into eval mode.  It is left without hooks.  A shape that does not fit gives a survey that ends
    there, with a sentence.
    """
    recorder = Recorder(model)
    device = next((p.device for p in model.parameters()), torch.device("meta"))
    x = torch.empty(*shape, device=device)
    recorder.note_input(x)
    fault = ""
    try:
        with torch.no_grad(), recorder:
            model(x)
    except (RuntimeError, ValueError, IndexError) as error:
        fault = recorder.explain(error)
    finally:
        recorder.remove()
    return Survey(tuple(recorder.layers), fault, recorder.inside if fault else "")
