"""What a script that stands alone is made of: modules and weights as text."""

import ast
import inspect
from base64 import encodebytes
from types import ModuleType

from safetensors.torch import save
from torch import nn


def body(module: ModuleType, leave: frozenset[str] = frozenset()) -> str:
    """Return a module's source without docstring and imports, and without the definitions called
    `leave`, at the top or in a class.
    """
    lines = inspect.getsource(module).splitlines()
    tree = ast.parse("\n".join(lines))
    gone: set[int] = set()
    for node in ast.walk(tree):
        named = getattr(node, "name", None)
        imported = isinstance(node, ast.Import | ast.ImportFrom | ast.If) and node in tree.body
        doc = node is tree.body[0]
        if imported or doc or (named in leave and not isinstance(node, ast.alias)):
            decorated = [d.lineno for d in getattr(node, "decorator_list", ())]
            gone |= set(range(min([node.lineno, *decorated]), node.end_lineno + 1))
    kept = [line for i, line in enumerate(lines, 1) if i not in gone]
    return "\n".join(kept).strip() + "\n"


def weights(model: nn.Module) -> str:
    """Return a network's state as float16 in safetensors, in lines of base64."""
    state = {name: w.half().contiguous() for name, w in model.state_dict().items()}
    return encodebytes(save(state)).decode()
