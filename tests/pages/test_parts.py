"""Pages in parts: every part opens from its link and takes what its address says."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.test_pages import open_page, session_of

CONVOLUTION = {
    "a picture": "Convolution", "one dimension": "In one dimension", "channels": "Channels",
    "ReLU and pooling": "ReLU and pooling", "a pipeline": "A pipeline",
    "learning a kernel": "Learning a kernel",
}  # fmt: skip
ARCHITECTURES = {
    "networks": "Architectures", "classify a photo": "Classify a photo",
    "design your own": "Design your own",
}  # fmt: skip
PARTS = [
    *(("convolution", part, title) for part, title in CONVOLUTION.items()),
    *(("architectures", part, title) for part, title in ARCHITECTURES.items()),
]


@pytest.mark.parametrize(("page", "part", "title"), PARTS)
def test_every_part_opens_from_its_link(page, part, title):
    at = open_page(f"vision/{page}.py", {f"{page}.part": part})
    assert not at.exception
    assert not at.warning
    assert not at.toast
    assert at.title[0].value == title


def test_a_part_takes_its_address():
    query = {"part": "a pipeline", "pipeline.stages": "box-relu-max3", "pipeline.source": "cat"}
    at = open_page("vision/convolution.py", {f"convolution.{k}": v for k, v in query.items()})
    lab = session_of(at, "convolution.pipeline").experiment
    assert lab.address() == {"stages": "box-relu-max3", "source": "cat"}
    assert not at.toast


def test_a_mangled_part_of_the_address_is_one_sentence():
    query = {"part": "a pipeline", "pipeline.stages": "box-nonsense"}
    at = open_page("vision/convolution.py", {f"convolution.{k}": v for k, v in query.items()})
    assert len(at.toast) == 1
    assert not at.exception


def test_a_design_opens_from_its_address():
    query = {"architectures.part": "design your own", "design": "flatten.1.1.1_linear.10.1.1"}
    at = open_page("vision/architectures.py", query)
    lab = session_of(at, "design").experiment
    assert [row.kind for row in lab.rows] == ["flatten", "linear"]
    assert lab.steps > 0


def test_a_design_is_shared_with_its_rate_and_its_seed():
    query = {"architectures.part": "design your own", "design": "flatten.16.3.1_linear.10.3.1"}
    at = open_page("vision/architectures.py", query)
    lab = session_of(at, "design").experiment
    lab.receive({"setting": "rate", "value": 0.5})
    lab.receive({"setting": "fresh", "value": True})
    at.session_state["share:Design your own"] = True
    at.run()
    shared = {k: v for k, (v,) in parse_qs(urlsplit(at.code[0].value).query).items()}
    assert shared == query | {"design.rate": "0.5", "design.seed": "2"}


def test_a_refused_side_names_the_one_that_is_used():
    at = open_page("vision/architectures.py",
                   {"architectures.net": "lenet", "architectures.side": "1024"})  # fmt: skip
    assert session_of(at, "architectures").experiment.settings["side"] == 28
    assert "so 28 is used" in at.toast[0].value
