"""A script that gives the numbers on the screen, by PyTorch's own autograd."""

from collections.abc import Iterator, Mapping, Sequence

from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tape import Trace

TORCH = {
    "add": "{0} + {1}", "sub": "{0} - {1}", "mul": "{0} * {1}", "div": "{0} / {1}",
    "pow": "{0} ** {1}", "neg": "-{0}", "exp": "torch.exp({0})", "ln": "torch.log({0})",
    "sin": "torch.sin({0})", "cos": "torch.cos({0})", "tan": "torch.tan({0})",
    "tanh": "torch.tanh({0})", "sigmoid": "torch.sigmoid({0})", "relu": "torch.relu({0})",
    "abs": "torch.abs({0})", "sqrt": "torch.sqrt({0})", "max": "torch.maximum({0}, {1})",
    "min": "torch.minimum({0}, {1})",
}  # fmt: skip
TAKEN = ("torch", "print", "number", "nodes", "name", "node")  # names that the script itself uses

SCRIPT = '''"""{expression}

Forwards and backwards, as Glassbox showed it.  Needs torch.
"""

import torch


def number(value: float) -> torch.Tensor:
    """A leaf in float64 that collects its gradient."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


{lines}

nodes = {{{nodes}}}
for node in nodes.values():
    node.retain_grad()
{last}.backward()
for name, node in nodes.items():
    print(f"{{name:12}} value {{node.item():+.9e}}  adjoint {{node.grad.item():+.9e}}")
'''


def script(expression: str, program: Sequence[Instruction], values: Mapping[str, float]) -> str:
    """Return a script that prints value and adjoint of every node that is no constant."""
    names = [_safe(one, j) for j, one in enumerate(program)]
    lines = []
    for name, one in zip(names, program, strict=True):
        if one.operation == "variable":
            lines.append(f"{name} = number({values[one.name]!r})")
        elif one.operation == "constant":
            lines.append(f"{name} = number({one.number!r})")
        else:
            formula = TORCH[one.operation].format(*(names[i] for i in one.inputs))
            lines.append(f"{name} = {formula}")
    shown = [
        f"{one.name!r}: {name}"
        for name, one in zip(names, program, strict=True)
        if one.operation != "constant"
    ]
    return SCRIPT.format(
        expression=expression, lines="\n".join(lines), nodes=", ".join(shown), last=names[-1]
    )


def _safe(one: Instruction, j: int) -> str:
    """Return a name that nothing else has: no name that is typed has two _ in a row."""
    if one.operation == "constant":
        return f"constant__{j}"
    return f"{one.name}__" if one.name in TAKEN else one.name


def rows(trace: Trace) -> Iterator[dict[str, object]]:
    """Yield every node with its value and its adjoint."""
    for node in trace.nodes:
        yield {
            "name": node.name, "operation": node.operation,
            "inputs": " ".join(trace.nodes[i].name for i in node.inputs),
            "value": node.value, "adjoint": node.adjoint,
        }  # fmt: skip
