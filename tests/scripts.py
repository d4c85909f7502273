"""Scripts that are taken away: they need nothing of the project and print what a page shows."""

import ast
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

OTHERS = {"numpy", "safetensors", "sklearn", "torch"}  # what a script may need beside Python itself


def needed(script: str) -> set[str]:
    """Return the packages that a script imports."""
    found = set()
    for node in ast.walk(ast.parse(script)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.fixture
def printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """Return a function that runs a script in this process and returns what it printed.

    torch is here already: in a process of its own a script would spend its time on importing it.
    """

    def run(script: str) -> str:
        assert needed(script) <= OTHERS | sys.stdlib_module_names
        file = tmp_path / "taken.py"
        file.write_text(script, "utf-8")
        capsys.readouterr()
        precision = torch.get_default_dtype()  # that a script may set for its process
        try:
            runpy.run_path(str(file), run_name="__main__")
        finally:
            torch.set_default_dtype(precision)
        return capsys.readouterr().out

    return run
