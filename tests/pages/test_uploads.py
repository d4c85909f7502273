"""What may be uploaded: each uploader names its limit, and the server takes as much."""

import ast
import tomllib

import torch
from safetensors.torch import save

from labs import images
from labs.data import csv_points, text
from labs.vision.architectures import design
from labs.vision.architectures.classify import OURS, heaviest, model_of
from labs.vision.architectures.weights import HEADER, MAX_BYTES
from labs.zoo.famous import FAMOUS
from pages.ui import pictures
from tests.pages.test_pages import ROOT, open_page
from tests.sentences import is_one_sentence

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
SERVER = CONFIG["server"]["maxUploadSize"]  # MB
PICTURE = images.MAX_BYTES // 10**6
UPLOADERS = {
    "basics/playground.py": ({}, [1]),
    "vision/digit.py": ({}, [PICTURE]),
    "vision/dream.py": ({}, [PICTURE]),
    "vision/convolution.py": ({}, [PICTURE]),
    "vision/adversarial.py": ({"adversarial.subject": "Photograph"}, [PICTURE]),
    "vision/architectures.py": ({"architectures.part": "classify a photo", "photo.net": "VGG-16"},
                                [PICTURE, 300]),
    "sequences/language.py": ({"language.part": "n-grams", "language.dice.text": "your text"},
                              [8]),
}  # fmt: skip


def test_each_uploader_names_its_limit(subtests):
    for page, (query, limits) in UPLOADERS.items():
        with subtests.test(page):
            uploaders = open_page(page, query).get("file_uploader")
            assert [one.proto.max_upload_size_mb for one in uploaders] == limits
            assert all(limit <= SERVER for limit in limits)


def test_no_page_has_an_uploader_without_a_limit():
    calls = [
        (str(file.relative_to(ROOT)), node)
        for file in (ROOT / "pages").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "file_uploader"
    ]
    assert [file for file, _ in calls] == ["pages/ui/lesson.py"]


def test_the_limits_are_true():
    table = "".join(f"0.{k:046},0.{k:046},{k % 2}\n" for k in range(csv_points.LONGEST // 100))
    assert csv_points.LONGEST - 2000 < len(table) <= csv_points.LONGEST
    assert csv_points.read(table)
    longest = "ä" * text.LARGEST
    assert text.read(longest.encode(), "file").text == longest
    assert text.read(("\U0001f642" * text.LARGEST).encode(), "file")  # four bytes each
    assert max(map(heaviest, FAMOUS)) == MAX_BYTES == SERVER * 10**6
    assert 4 * design.PARAMETERS + HEADER <= MAX_BYTES


def test_a_picture_without_ink_is_one_sentence_and_the_drawing_stays(monkeypatch):
    at = open_page("vision/digit.py")
    lab = at.session_state["digit:session"].experiment
    before, changes = lab.pad.ink, lab.pad.changes
    monkeypatch.setattr(pictures, "brought", lambda lab, what: torch.ones(1, 3, 90, 70))
    at.run()
    assert not at.exception
    assert len(at.warning) == 1
    assert "no ink" in at.warning[0].value
    assert is_one_sentence(at.warning[0].value)
    assert lab.pad.changes == changes
    assert lab.pad.ink.equal(before)


def test_weights_of_each_network_may_be_brought(subtests):
    model, _, _ = model_of(OURS)
    data = save({name: x.contiguous() for name, x in model.state_dict().items()})
    assert 0.9 * heaviest(OURS) - HEADER < len(data) <= heaviest(OURS)
    for name, entry in FAMOUS.items():
        with subtests.test(name):
            with torch.device("meta"):
                shell = entry.architecture()
            bytes_each = 2 if name == "vgg16" else 4
            numbers = sum(x.numel() for x in shell.state_dict().values())
            assert bytes_each * numbers < heaviest(name)
    assert len(design_file()) <= 4 * design.PARAMETERS + HEADER


def design_file() -> bytes:
    """A design near the most parameters that one may have."""
    rows = [design.Row("flatten"), design.Row("linear", 1024), design.Row("linear", 1024),
            design.Row("linear", 1024), design.Row("linear", 1024), design.Row("linear", 950),
            design.Row("linear", 10)]  # fmt: skip
    model = design.build(rows, torch.Generator().manual_seed(0))
    assert sum(p.numel() for p in model.parameters()) > 0.9 * design.PARAMETERS
    return save(model.state_dict())
