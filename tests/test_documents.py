"""The documents say what is so: their files exist, and the two ways are the ways."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from labs.basics.playground import Playground
from labs.live import Lab, open_session
from labs.live.answer import answer
from labs.vision.digit import Digit

ROOT = Path(__file__).parents[1]
DOCUMENTS = (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "NOTICE")
PATH = re.compile(r"\b(?:docs|labs|pages|tests)(?:/[a-z0-9_.-]+)+\.(?:py|js|css|json|md|txt)\b")
MOST = 12
STROKE = {"panel": "x", "kind": "stroke", "begin": True, "width": 44, "erase": False,
          "points": [[100, 100], [120, 130]]}  # fmt: skip
KNOB = {"setting": "learning_rate", "value": 0.2}


def way(title: str) -> list[str]:
    """Return the files that docs/architecture.md lists under a title."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    part = text.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\d+\. `([^`]+)`", part, re.MULTILINE)


def run(lab: Lab, card: str, event: Mapping) -> list[str]:
    """Return the files of labs/ that an event and its frame run, by their first call."""
    session = open_session(lab)
    answer(session, [{"setting": "visible", "value": [card]}], seq=0, seen=0)
    files: dict[str, None] = {}

    def note(frame, kind: str, _: object) -> None:
        file = Path(frame.f_code.co_filename)
        if kind == "call" and file.is_relative_to(ROOT / "labs"):
            files.setdefault(str(file.relative_to(ROOT)))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        reply = answer(session, [event], seq=1, seen=0)
    finally:
        sys.setprofile(before)
    assert reply.frame is not None
    assert reply.faults == []
    return list(files)


def test_every_file_that_a_document_names_exists():
    for document in DOCUMENTS:
        named = set(PATH.findall(document.read_text("utf-8")))
        if document.name == "CONTRIBUTING.md":
            named -= {"labs/basics/aliasing.py", "pages/basics/aliasing.py"}  # its listing
        missing = [name for name in sorted(named) if not (ROOT / name).exists()]
        assert not missing, f"{document.name} names {missing}"


def test_links_between_documents_lead_somewhere():
    for document in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links {target}"


def test_the_ways_are_short_and_go_through_these_files_in_this_order(subtests):
    for title, lab, card, event in (
        ("A stroke's way on /digit", Digit(), "network", STROKE),
        ("A knob's way on /playground", Playground(), "net", KNOB),
    ):
        with subtests.test(title):
            files = way(title)
            assert 0 < len(files) == len(set(files)) <= MOST
            assert all((ROOT / file).exists() for file in files)
            server = [file for file in files if file.startswith("labs/")]
            assert server[0] == "labs/live/connection.py"  # which calls `answer`
            assert [file for file in run(lab, card, event) if file in server] == server[1:]
