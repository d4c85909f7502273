"""Survey a network: run it without numbers and note every layer's shape, cost and reach.

The run is on torch's `meta` device, where tensors have shapes and nothing else, so VGG-16 takes
milliseconds and no memory.  What a leaf module does is noted by hooks; what happens between them
(the sum of a residual block, the concatenation of an inception module) by a `TorchFunctionMode`.

Receptive fields: Araujo, Norris & Sim, "Computing receptive fields of convolutional neural
networks", https://distill.pub/2019/computing-receptive-fields
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from labs.vision.architectures.shapes import carry_out

WHOLE = math.inf  # the reach of a unit that sees everything
WEIGHTLESS = ("getattr", "size", "dim", "__get__", "new_tensor", "requires_grad_")
SIGNS = {"__add__": "add", "__iadd__": "add", "__radd__": "add", "cat": "concatenate"}


@dataclass(frozen=True)
class Field:
    """What one unit sees of the input, along one side, in pixels."""

    reach: float = 1  # pixels that it depends on
    jump: float = 1  # pixels between two neighbours

    def through(self, kernel: int, stride: int, dilation: int = 1) -> "Field":
        """Return the field behind a window of `kernel` taps."""
        return Field(self.reach + dilation * (kernel - 1) * self.jump, self.jump * stride)


@dataclass(frozen=True)
class Layer:
    """One operation as it was carried out."""

    name: str  # the module's path, or its parent's for what is no module
    kind: str  # "Conv2d", "add", ...
    inputs: tuple[tuple[int, ...], ...]  # shapes
    shape: tuple[int, ...]  # of the output, with its batch of 1
    parameters: int
    macs: int  # multiply-adds of convolutions and dense layers; others count as 0
    field: Field
    sources: tuple[int, ...]  # indices of the layers that it reads, -1: the input
    what: str = ""  # the module as torch prints it

    @property
    def cells(self) -> int:
        """Numbers in the output."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class Survey:
    """All layers in the order in which they ran, up to where it broke."""

    layers: tuple[Layer, ...]
    fault: str = ""  # one sentence if the network could not take the input
    at: str = ""  # the module that broke

    @property
    def parameters(self) -> int:
        """All numbers that are learnt; a module that runs twice counts once."""
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


class Recorder(TorchFunctionMode):
    """Watches one run."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.layers: list[Layer] = []
        self.inside = ""  # the path of the module at work
        self._parents: list[str] = []
        self._leaf = False
        self._shape: tuple[int, ...] = ()
        self._module: nn.Module = model
        self._known: dict[int, tuple[int, Field, Tensor]] = {}  # the tensor is kept: ids return
        self._handles = []
        for name, module in model.named_modules():
            leaf = not any(module.children())
            self._handles += [
                module.register_forward_pre_hook(self._before(name, leaf)),
                module.register_forward_hook(self._after(name, leaf)),
            ]

    def note_input(self, x: Tensor) -> None:
        """Say which tensor the network is given."""
        self._known[id(x)] = (-1, Field(), x)

    def remove(self) -> None:
        """Take all hooks away."""
        for handle in self._handles:
            handle.remove()

    def explain(self, error: Exception) -> str:
        """Return one sentence about the module that broke."""
        shape = " × ".join(map(str, self._shape[1:])) or "nothing"
        reason = refusal(self._module, self._shape)
        name = f"{self.inside} ({type(self._module).__name__})" if self.inside else "The network"
        if isinstance(error, ValueError) and not reason:
            reason = str(error).rstrip(".")
        return f"{name} breaks on an input of {shape}: {reason or 'it does not fit'}."

    def _before(self, name: str, leaf: bool) -> Callable[..., None]:
        def hook(module: nn.Module, inputs: tuple) -> None:
            self._parents.append(self.inside)
            self.inside, self._module = name, module
            self._shape = tuple(inputs[0].shape) if inputs else ()
            self._leaf = leaf

        return hook

    def _after(self, name: str, leaf: bool) -> Callable[..., None]:
        def hook(module: nn.Module, inputs: tuple, output: Tensor) -> None:
            self.inside = self._parents.pop()
            if leaf:
                self._leaf = False
                self._note(name, type(module).__name__, inputs, output, module)

        return hook

    def __torch_function__(
        self, func: Callable, types: Any, args: tuple = (), kwargs: dict | None = None
    ) -> Any:
        """Carry an operation out, and note it unless a leaf module is at work."""
        result = carry_out(func, args, kwargs or {})
        if self._leaf or not isinstance(result, Tensor):
            return result
        parts = args[0] if args and isinstance(args[0], list | tuple) else args
        inputs = tuple(a for a in parts if isinstance(a, Tensor) and id(a) in self._known)
        word = getattr(func, "__name__", "")
        if inputs and word not in WEIGHTLESS:
            self._note(self.inside, SIGNS.get(word, word), inputs, result, None)
        return result

    def _note(
        self, name: str, kind: str, inputs: tuple, output: Tensor, module: nn.Module | None
    ) -> None:
        seen = [self._known.get(id(x), (-1, Field(), x)) for x in inputs]
        field = Field(max(f.reach for _, f, _ in seen), max(f.jump for _, f, _ in seen))
        field = behind(field, module, tuple(inputs[0].shape), tuple(output.shape))
        counted = module is not None and not any(layer.name == name for layer in self.layers)
        parameters = sum(p.numel() for p in module.parameters()) if counted else 0
        self.layers.append(
            Layer(
                name,
                kind,
                tuple(tuple(x.shape) for x in inputs),
                tuple(output.shape),
                parameters,
                macs(module, tuple(output.shape)),
                field,
                tuple(index for index, _, _ in seen),
                "" if module is None else str(module),
            )
        )
        self._known[id(output)] = (len(self.layers) - 1, field, output)


def macs(module: nn.Module | None, shape: tuple[int, ...]) -> int:
    """Return the multiply-adds with which `module` makes an output of `shape`."""
    if isinstance(module, nn.Conv1d | nn.Conv2d | nn.Conv3d):
        taps = math.prod(module.kernel_size) * module.in_channels // module.groups
        return math.prod(shape) * taps
    if isinstance(module, nn.Linear):
        return math.prod(shape) * module.in_features
    return 0


def behind(
    field: Field, module: nn.Module | None, before: tuple[int, ...], after: tuple[int, ...]
) -> Field:
    """Return the receptive field behind `module`, or behind an operation if it is None."""
    if isinstance(module, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        kernel, stride, dilation = (first(getattr(module, k, 1)) for k in
                                    ("kernel_size", "stride", "dilation"))  # fmt: skip
        return field.through(kernel, stride, dilation)
    if isinstance(module, nn.Linear):
        return field
    if len(before) == 4 and len(after) == 4 and isinstance(module, nn.AdaptiveAvgPool2d):
        stride = before[-1] // after[-1]
        kernel = math.ceil(before[-1] / after[-1])
        return field.through(kernel, max(1, stride))
    if len(before) == 4 and len(after) < 4:  # flattened or averaged: what follows sees all of it
        return field.through(before[-1], 1)
    return field


def first(value: int | Sequence[int]) -> int:
    """Return the number of a square setting."""
    return value if isinstance(value, int) else value[0]


def refusal(module: nn.Module, shape: tuple[int, ...]) -> str:
    """Return why `module` cannot take an input of `shape`, in words; empty if it is not known."""
    if isinstance(module, nn.Linear):
        have = shape[-1] if shape else 0
        return f"it takes {module.in_features:,} numbers and gets {have:,}"
    if isinstance(module, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        if len(shape) != 4:
            return "it takes maps, and these are lines of numbers"
        if isinstance(module, nn.Conv2d) and shape[1] != module.in_channels:
            return f"it takes {module.in_channels} maps and gets {shape[1]}"
        kernel, padding = first(module.kernel_size), first(module.padding)
        return f"its window of {kernel} does not fit into a side of {min(shape[2:]) + 2 * padding}"
    if isinstance(module, nn.BatchNorm2d) and len(shape) == 4:
        return f"it takes {module.num_features} maps and gets {shape[1]}"
    return ""
