"""What a Code tab shows is public PyTorch, whatever runs; other tests hold both equal."""

import ast
import inspect
import re
from pathlib import Path

from labs.vision.adversarial.attacks import ATTACKS

ROOT = Path(__file__).parents[2]
PRIVATE = re.compile(r"torch\._|torch\.ops\b|\baten\b|_VF\b|fbgemm_|mkldnn|thnn_")


def lists(tree: ast.Module) -> list[ast.expr]:
    """The expressions that a page gives to its Code tabs, a list that has a name resolved."""
    named = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    found = [node.value for node in ast.walk(tree)
             if isinstance(node, ast.keyword) and node.arg == "code"]  # fmt: skip
    found += [node.args[0] for node in ast.walk(tree)
              if isinstance(node, ast.Call) and ast.unparse(node.func) in
              ("lesson.code", "inspect.getsource")]  # fmt: skip
    return [named.get(one.id, one) if isinstance(one, ast.Name) else one for one in found]


def shown(file: Path) -> list:
    """The functions, classes and modules whose code a page shows."""
    tree = ast.parse(file.read_text())
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names: dict = {"sources": [attack.steps for attack in ATTACKS.values()]}  # one is chosen
    exec(compile(ast.Module(imports, []), file.name, "exec"), names)
    made = []
    for one in lists(tree):
        value = eval(ast.unparse(one), names)
        made += value if isinstance(value, list | tuple) else [value]
    return made


def test_what_learners_read_is_public_pytorch(subtests):
    count = 0
    for file in sorted(ROOT.glob("pages/*/*.py")):
        if file.parent.name == "ui":
            continue
        for one in shown(file):
            with subtests.test(f"{file.stem} {one.__name__}"):
                assert not PRIVATE.search(inspect.getsource(one))
                count += 1
    assert count > 60
