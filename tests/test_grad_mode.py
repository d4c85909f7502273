"""No generator holds a grad mode while it waits: whoever asks for its next step would have it."""

import ast
from collections.abc import Iterator
from pathlib import Path

LABS = Path(__file__).parents[1] / "labs"
MODES = {"enable_grad", "no_grad", "set_grad_enabled", "inference_mode"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def within(block: ast.AST) -> Iterator[ast.AST]:
    """Every node of a block, without the functions that are defined in it."""
    for node in ast.iter_child_nodes(block):
        if not isinstance(node, FUNCTIONS):
            yield node
            yield from within(node)


def waits(source: str) -> list[int]:
    """Return the lines of the blocks that set a grad mode and yield in it."""
    found = []
    for block in ast.walk(ast.parse(source)):
        if isinstance(block, ast.With):
            names = {n.attr for item in block.items for n in ast.walk(item)
                     if isinstance(n, ast.Attribute)}  # fmt: skip
            yields = any(isinstance(n, ast.Yield | ast.YieldFrom) for n in within(block))
            if names & MODES and yields:
                found.append(block.lineno)
    return found


def test_no_generator_waits_within_a_grad_mode():
    assert waits("def f():\n    with torch.no_grad():\n        if x:\n            yield 1") == [2]
    assert waits("with torch.no_grad():\n    def f():\n        yield 1") == []
    files = sorted(LABS.rglob("*.py"))
    assert len(files) > 100
    faults = [f"{file.relative_to(LABS)}:{line}" for file in files
              for line in waits(file.read_text())]  # fmt: skip
    assert not faults, ", ".join(faults)
