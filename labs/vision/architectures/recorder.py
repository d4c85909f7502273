"""Watch a network run: every operation, its shapes, its cost, and what its units see.

What a leaf module does is noted by hooks; what happens between them (the sum of a residual block,
the concatenation of an inception module) by a `TorchFunctionMode`.
"""

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from labs.vision.architectures.field import Field, behind
from labs.vision.architectures.layer import Layer, macs
from labs.vision.architectures.refusal import refusal
from labs.vision.architectures.shapes import carry_out

WEIGHTLESS = ("getattr", "size", "dim", "__get__", "new_tensor", "requires_grad_")
SIGNS = {"__add__": "add", "__iadd__": "add", "__radd__": "add", "cat": "concatenate"}


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
