"""The small lab of CONTRIBUTING.md: written into a copy of the project, it is a whole page."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = "smalllab"  # so that a lab of the listing's own name does not stand in its way
CATALOGUE = "pages/catalogue.py"
LISTING = re.compile(r"^`([\w/]+\.py)`[^\n]*\n\n```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def listing() -> dict[str, str]:
    """Return the files of the lab in CONTRIBUTING.md, called `NAME`, and its catalogue line."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return dict(LISTING.findall(text.replace("aliasing", NAME).replace("Aliasing", NAME.title())))


def write(tree: Path) -> None:
    """Copy the project to `tree`, and do there what CONTRIBUTING.md says."""
    for folder in ("labs", "pages"):
        shutil.copytree(ROOT / folder, tree / folder)
    (tree / "tests").mkdir()
    for file in (ROOT / "tests").glob("*.py"):
        shutil.copy2(file, tree / "tests")
    shutil.copy2(ROOT / "pyproject.toml", tree)
    for name, text in listing().items():
        if name == CATALOGUE:
            before, section, after = (tree / name).read_text("utf-8").partition('"Basics": (\n')
            text = before + section + text + after
        (tree / name).write_text(text, "utf-8")


def test_it_is_two_files_and_one_line():
    parts = listing()
    assert len(parts) == 3
    assert len(parts[CATALOGUE].splitlines()) == 1
    assert sum(len(text.splitlines()) for text in parts.values()) <= 60


@pytest.mark.timeout(300)
def test_it_is_a_whole_page(tmp_path):
    write(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", f"tests.{Path(__file__).stem}"], cwd=tmp_path, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["home"] == [f"/{NAME}"]
    assert seen["cover"] > 1  # colours
    assert seen["title"] == [NAME.title()]
    assert any("When does a fast wave look slow?" in text for text in seen["text"])
    assert seen["cards"] == ["wave", "challenges"]
    assert seen["panels"] == []
    assert seen["tabs"] == ["Maths", "Code", "Sources"]
    assert seen["formulas"] == 1
    assert any("def sine" in code for code in seen["code"])
    assert seen["downloads"] == 1
    assert seen["linked"] == {"f": 15.4, "r": 16}
    assert seen["refused"] == "The link says samples = 99; it lies between 2 and 40, so 16 is used."
    assert seen["met"] == [[], ["slow"]]
    assert seen["printed"]
    assert seen["contract"] == 0


def look() -> dict[str, object]:
    """Return what there is of the lab, seen by a visitor without a browser; run in the copy."""
    from types import SimpleNamespace

    import numpy as np
    from streamlit.testing.v1 import AppTest

    from labs.live import panels
    from pages.catalogue import ENTRIES
    from pages.ui import gallery, stage

    mounted: list[dict] = []
    stage.PATIENCE, stage._component = 0, lambda *, data, **_: mounted.append(data)
    cover = gallery.cover(ENTRIES[NAME], "light")
    gallery.made = lambda _: lambda _: np.zeros((34, 100, 3), np.uint8)

    at = AppTest.from_file(str(ROOT / "pages/index.py"), default_timeout=120).run()
    home = [link.proto.page for link in at.get("page_link") if link.proto.page.endswith(NAME)]
    at.query_params[f"{NAME}.f"] = "15.4"
    at.query_params[f"{NAME}.r"] = "99"
    page = at.switch_page(f"basics/{NAME}.py").run()
    assert not page.exception, page.exception
    seen = {
        "home": [f"/{link.rsplit('/', 1)[-1]}" for link in home],
        "cover": len(np.unique(cover.reshape(-1, 3), axis=0)),
        "title": [title.value for title in page.title],
        "text": [text.value for text in page.markdown],
        "formulas": len(page.latex),
        "tabs": [tab.label for tab in page.tabs],
        "refused": "".join(toast.value for toast in page.toast).replace("\\", ""),
        "cards": [card["name"] for card in mounted[-1]["cards"]],
    }
    lab = at.session_state[f"{NAME}:session"].experiment
    seen["linked"] = dict(lab.settings)
    shown = [SimpleNamespace(**panel) for card in mounted[-1]["cards"]
             for column in card["columns"] for panel in column]  # fmt: skip
    frame = lab.frame()
    seen["panels"] = panels.missing(frame, shown) + panels.unread(frame, shown)
    seen["met"] = []
    for f in (3, 15.4):
        lab.receive({"setting": "f", "value": f})
        at.run()  # the hand rests
        seen["met"].append(lab.frame().notes["met"])
    at.query_params[f"{NAME}.tab"] = "Code"
    page = at.run()
    seen["code"] = [code.value for code in page.code]
    seen["downloads"] = len(page.get("download_button"))
    script = subprocess.run([sys.executable, "-c", lab.script()], capture_output=True,
                            text=True, check=True)  # fmt: skip
    seen["printed"] = script.stdout.startswith("tensor([")
    seen["contract"] = pytest.main(
        ["-q", "-n", "0", "-p", "no:cacheprovider", "tests/test_contract.py", "-k", NAME]
    )
    return seen


if __name__ == "__main__":
    print(json.dumps(look()))
