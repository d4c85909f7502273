"""Modules as text for a script that stands alone."""

import ast
import inspect
from collections.abc import Callable
from types import ModuleType


def body(module: ModuleType) -> str:
    """Return a module's source from its first definition on, without docstring and imports."""
    source = inspect.getsource(module)
    skipped = (ast.Import, ast.ImportFrom, ast.Expr)
    first = next(node for node in ast.parse(source).body if not isinstance(node, skipped))
    lines = [first.lineno, *(node.lineno for node in getattr(first, "decorator_list", ()))]
    return "\n".join(source.splitlines()[min(lines) - 1 :])


def joined(*parts: ModuleType | Callable) -> str:
    """Return the sources of modules and functions one below the other."""
    texts = (body(p) if isinstance(p, ModuleType) else inspect.getsource(p) for p in parts)
    return "\n\n\n".join(text.strip() for text in texts)
