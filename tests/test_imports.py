"""The imports point one way, and nothing runs what a stranger sent."""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from pages.catalogue import ENTRIES
from tests import bench

ROOT = Path(__file__).parents[1]
SECTIONS = ("basics", "vision", "sequences", "generative", "play")
GROUND = {  # modules of labs/ that know no lab, no zoo and no figure
    "cluster", "data", "drawing", "files", "film_files", "images", "lectures", "live", "models",
    "numerals", "picture_files", "pictures", "process", "rotation", "scripts", "sound_files",
    "trace", "training", "urlsafe",
}  # fmt: skip

SHARED = ("labs.play.grid",)  # what labs of a section share: it knows no lab itself


def sources() -> list[Path]:
    below = (sorted((ROOT / folder).rglob("*.py")) for folder in ("labs", "pages"))
    return [ROOT / "app.py", *(file for files in below for file in files)]


def imports(path: Path, tree: ast.AST) -> set[str]:
    """Every module that `path` imports, dotted; `from a import b` gives a and a.b."""
    names: set[str] = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1]]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def inside(name: str, *packages: str) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in packages)


TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sources()}
ALL = {file: imports(ROOT / file, tree) for file, tree in TREES.items()}
LABS = {file: names for file, names in ALL.items() if file.startswith("labs/")}


def own(names: set[str]) -> set[str]:
    return {name for name in names if inside(name, "labs", "pages", "app", "tests")}


def part(file: str) -> str:
    """The first name below labs/ or pages/: `labs/data/digits.py` is `data`."""
    return Path(file).parts[1].removesuffix(".py")


def lab(file: str) -> str:
    """`labs/vision/digit/passes.py` belongs to `labs.vision.digit`."""
    parts = Path(file).with_suffix("").parts
    return ".".join(parts[:3])


def test_the_sources_are_found():
    assert "app.py" in ALL
    assert "pages/vision/digit.py" in ALL
    assert "labs.figures.theme" in ALL["pages/ui/stage/__init__.py"]


def below(*parts: str) -> dict[str, set[str]]:
    """The files of labs/ whose part is one of `parts`, with what they import."""
    found = {file: names for file, names in LABS.items() if part(file) in parts}
    assert found
    return found


def hold(files: Mapping[str, set[str]], forbidden: Callable[[str, set[str]], set[str]]) -> None:
    """Assert a rule for all files, and name every file with what it imports against the rule."""
    found = {file: forbidden(file, names) for file, names in files.items()}
    faults = [f"{file}: {', '.join(sorted(names))}" for file, names in found.items() if names]
    assert not faults, "\n".join(faults)


def test_labs_know_neither_streamlit_nor_pages():
    def forbidden(_: str, names: set[str]) -> set[str]:
        return {n for n in names if inside(n, "streamlit", "pages", "app", "tests")}

    hold(LABS, forbidden)


def test_figures_know_numpy_and_plotly_only():
    known = {*sys.stdlib_module_names, "labs", "numpy", "plotly"}

    def forbidden(_: str, names: set[str]) -> set[str]:
        others = {n for n in names if not inside(n, "labs.figures")}
        return {n for n in others if n.split(".")[0] not in known} | own(others) - {"labs"}

    hold(below("figures"), forbidden)


def test_the_ground_and_the_zoo_know_nothing_above_them():
    above = [f"labs.{name}" for name in (*SECTIONS, "figures")]
    hold(below(*GROUND), lambda _, ns: {n for n in ns if inside(n, *above, "labs.zoo")})
    hold(below("zoo"), lambda file, ns: {n for n in ns if inside(n, *above)} - games(file, ns))


def games(file: str, names: set[str]) -> set[str]:
    """What a recipe of nets that learn by playing may import: the rules, and those who play."""
    if not file.startswith("labs/zoo/train/board"):
        return set()
    return {n for n in names if n == "labs.play" or inside(n, "labs.play.board")}


def test_live_knows_only_itself():
    def forbidden(_: str, names: set[str]) -> set[str]:
        return {n for n in own(names) if not inside(n, "labs.live")} - {"labs"}

    hold(below("live"), forbidden)


def test_a_lab_knows_no_other_lab_and_no_figure():
    def forbidden(file: str, names: set[str]) -> set[str]:
        labs = {n for n in names if inside(n, *(f"labs.{s}" for s in SECTIONS))}
        labs = {n for n in labs if not inside(n, *SHARED) or lab(file) in SHARED}
        others = {n for n in labs if not inside(n, lab(file)) and not lab(file).startswith(n)}
        return others | {n for n in names if inside(n, "labs.figures")}

    hold(below(*SECTIONS), forbidden)


def test_the_parts_of_a_page_know_figures_and_the_live_road_only():
    # beside figures and live: the ground, since a data set and a picture are chosen here
    usual = ("labs.figures", "pages.ui", "pages.catalogue", *(f"labs.{name}" for name in GROUND))
    places = {Path(entry.place).name: entry.place.replace("/", ".") for entry in ENTRIES.values()}

    def forbidden(file: str, names: set[str]) -> set[str]:
        allowed = usual
        if file.startswith("pages/ui/cards/"):  # a lab's cards show the lab's own controls
            name = Path(file).with_suffix("").parts[3]
            allowed += (f"labs.{places[name]}",) if name in places else ()
        if file.startswith("pages/ui/covers/"):  # it shows a picture of every lab of a section
            allowed += (f"labs.{Path(file).stem}",)
        return {n for n in own(names) - {"labs", "pages"} if not inside(n, *allowed)}

    parts = {file: names for file, names in ALL.items() if file.startswith("pages/ui/")}
    assert "pages/ui/covers/play.py" in parts
    hold(parts, forbidden)


def test_a_page_knows_its_own_lab_and_no_other_page():
    ground = (f"labs.{name}" for name in GROUND)
    usual = ("pages.ui", "pages.catalogue", "labs.figures", "labs.zoo", *SHARED, *ground)

    def forbidden(file: str, names: set[str]) -> set[str]:
        mine = ".".join(Path("labs", *Path(file).with_suffix("").parts[1:]).parts)
        mine = "labs.vision.digit" if file == "pages/home.py" else mine  # its pad
        return {n for n in own(names) - {"labs", "pages"} if not inside(n, mine, *usual)}

    pages = {
        file: names
        for file, names in ALL.items()
        if file.startswith("pages/") and not file.startswith("pages/ui/")
    }
    assert "pages/vision/digit.py" in pages
    hold(pages, forbidden)


def test_no_part_of_the_house_is_unknown_to_these_rules():
    known = {"__init__", "figures", "zoo", *SECTIONS, *GROUND}
    assert {part(file) for file in LABS} <= known


def unsafe_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        keywords = {k.arg: ast.unparse(k.value) for k in node.keywords}
        weights = called in ("torch.load", "torch.hub.load_state_dict_from_url")
        arrays = called in ("np.load", "numpy.load")
        if (
            called in ("eval", "exec", "compile", "os.system", "__import__")
            or called in ("torch.hub.load", "torch.jit.load")
            or keywords.get("shell", "False") != "False"
            or (weights and keywords.get("weights_only") != "True")
            or (arrays and keywords.get("allow_pickle", "False") != "False")
        ):
            yield ast.unparse(node)


def test_nothing_is_run_or_unpickled():
    picklers = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}

    def forbidden(file: str, names: set[str]) -> set[str]:
        imported = {name.split(".")[0] for name in names} & picklers
        return imported | set(unsafe_calls(TREES[file]))

    hold(ALL, forbidden)


@pytest.mark.parametrize(
    "text",
    ["eval(x)", "os.system(x)", "subprocess.run(x, shell=True)", "torch.load(x)",
     "torch.load(x, weights_only=False)", "np.load(x, allow_pickle=True)", "torch.hub.load(x)"],
)  # fmt: skip
def test_an_unsafe_call_is_found(text):
    assert list(unsafe_calls(ast.parse(text))) == [text]


def test_every_benchmark_can_be_imported(subtests):
    """They run by hand, so nothing else would notice a name that has moved."""
    for file in sorted((ROOT / "tests" / "bench").glob("[a-z]*.py")):
        with subtests.test(file.stem):
            module = import_module(f"tests.bench.{file.stem}")
            assert hasattr(module, "rows") != (file.stem in bench.HELPERS)
