"""The imports point one way, and nothing runs what a stranger sent."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests import bench

ROOT = Path(__file__).parents[1]
SECTIONS = ("basics", "vision", "sequences", "generative", "play")
GROUND = {  # modules of labs/ that know no lab, no zoo and no figure
    "data", "drawing", "images", "live", "models", "process", "rotation",
    "trace", "training", "urlsafe",
}  # fmt: skip


def sources() -> list[Path]:
    below = (sorted((ROOT / folder).rglob("*.py")) for folder in ("labs", "pages"))
    return [ROOT / "app.py", *(file for files in below for file in files)]


def imports(path: Path) -> set[str]:
    """Every module that `path` imports, dotted; `from a import b` gives a and a.b."""
    names: set[str] = set()
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1]]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return names


def inside(name: str, *packages: str) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in packages)


ALL = {str(path.relative_to(ROOT)): imports(path) for path in sources()}
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


@pytest.mark.parametrize("file", LABS)
def test_labs_know_neither_streamlit_nor_pages(file):
    assert not {n for n in LABS[file] if inside(n, "streamlit", "pages", "app", "tests")}


@pytest.mark.parametrize("file", [f for f in LABS if part(f) == "figures"])
def test_figures_know_numpy_and_plotly_only(file):
    roots = {name.split(".")[0] for name in LABS[file] if not inside(name, "labs.figures")}
    assert roots - set(sys.stdlib_module_names) - {"labs"} <= {"numpy", "plotly"}
    assert not {n for n in own(LABS[file]) if not inside(n, "labs.figures")} - {"labs"}


@pytest.mark.parametrize("file", [f for f in LABS if part(f) in GROUND])
def test_the_ground_knows_nothing_above_it(file):
    above = [f"labs.{name}" for name in (*SECTIONS, "zoo", "figures")]
    assert not {n for n in LABS[file] if inside(n, *above)}


@pytest.mark.parametrize("file", [f for f in LABS if part(f) == "live"])
def test_live_knows_only_itself(file):
    assert not {n for n in own(LABS[file]) if not inside(n, "labs.live")} - {"labs"}


@pytest.mark.parametrize("file", [f for f in LABS if part(f) == "zoo"])
def test_the_zoo_knows_only_the_ground(file):
    above = [f"labs.{name}" for name in (*SECTIONS, "figures")]
    assert not {n for n in LABS[file] if inside(n, *above)}


@pytest.mark.parametrize("file", [f for f in LABS if part(f) in SECTIONS])
def test_a_lab_knows_no_other_lab_and_no_figure(file):
    others = {n for n in LABS[file] if inside(n, *(f"labs.{s}" for s in SECTIONS))}
    assert all(inside(n, lab(file)) or lab(file).startswith(n) for n in others), others
    assert not {n for n in LABS[file] if inside(n, "labs.figures")}


@pytest.mark.parametrize("file", [f for f in ALL if f.startswith("pages/ui/")])
def test_the_parts_of_a_page_know_figures_and_the_live_road_only(file):
    # beside figures and live: the ground, since a data set and a picture are chosen here
    allowed = ("labs.figures", "pages.ui", *(f"labs.{name}" for name in GROUND))
    if file == "pages/ui/gallery.py":  # it shows a picture of every lab
        allowed += tuple(f"labs.{name}" for name in SECTIONS)
    names = own(ALL[file]) - {"labs", "pages"}
    assert all(inside(name, *allowed) for name in names), names


@pytest.mark.parametrize(
    "file", [f for f in ALL if f.startswith("pages/") and not f.startswith("pages/ui/")]
)
def test_a_page_knows_its_own_lab_and_no_other_page(file):
    mine = ".".join(Path("labs", *Path(file).with_suffix("").parts[1:]).parts)
    allowed = ("pages.ui", "labs.figures", "labs.zoo", mine, *(f"labs.{name}" for name in GROUND))
    names = own(ALL[file]) - {"labs", "pages"}
    assert all(inside(name, *allowed) for name in names), names


def test_no_part_of_the_house_is_unknown_to_these_rules():
    known = {"__init__", "figures", "zoo", *SECTIONS, *GROUND}
    assert {part(file) for file in LABS} <= known


@pytest.mark.parametrize("file", ALL)
def test_nothing_is_run_or_unpickled(file):
    forbidden = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}
    assert not {n.split(".")[0] for n in ALL[file]} & forbidden
    for node in ast.walk(ast.parse((ROOT / file).read_text())):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        assert called not in ("eval", "exec", "compile", "os.system", "__import__"), called
        keywords = {k.arg: ast.unparse(k.value) for k in node.keywords}
        assert keywords.get("shell", "False") == "False"
        if called in ("torch.load", "torch.hub.load_state_dict_from_url"):
            assert keywords.get("weights_only") == "True", ast.unparse(node)
        if called in ("np.load", "numpy.load"):
            assert keywords.get("allow_pickle", "False") == "False"
        assert called not in ("torch.hub.load", "torch.jit.load"), called


BENCHMARKS = sorted(file.stem for file in (ROOT / "tests" / "bench").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_can_be_imported(name):
    """They run by hand, so nothing else would notice a name that has moved."""
    module = import_module(f"tests.bench.{name}")
    assert hasattr(module, "rows") != (name in bench.HELPERS)
