"""Scripts that are taken away: the modules that ran, one after the other, and what runs them."""

import ast
import inspect
from collections.abc import Mapping, Sequence
from types import ModuleType

HEAD = '''"""{about}

Written by Glassbox from its own modules; it needs torch alone.
"""
'''


def joined(modules: Sequence[ModuleType]) -> str:
    """Return modules as one text, without what they import of the project."""
    return "\n\n".join(_alone(inspect.getsource(module)) for module in modules)


def _alone(source: str) -> str:
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "labs":
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return "\n".join(lines).strip("\n") + "\n"


def script(about: str, modules: Sequence[ModuleType], tail: str, values: Mapping) -> str:
    """Return a script: modules in an order in which each finds what it needs, and its end, in which
    `{name}` stands for values.
    """
    return HEAD.format(about=about) + joined(modules) + "\n\n" + tail.format(**values)
