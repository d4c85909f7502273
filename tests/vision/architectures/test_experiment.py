"""The architectures lab as the live channel drives it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.live import encode
from labs.vision.architectures import Architectures
from labs.vision.architectures.catalogue import NETS, surveyed
from labs.vision.architectures.words import rows
from tests.sentences import is_one_sentence


@pytest.fixture
def lab() -> Architectures:
    return Architectures()


def put(lab: Architectures, **changes) -> Architectures:
    for name, value in changes.items():
        lab.receive({"setting": name, "value": value})
    return lab


def click(lab: Architectures, path: str, panel: str = "left") -> None:
    lab.receive({"panel": panel, "kind": "block", "path": path})


def walk(blocks: list[dict]) -> list[dict]:
    return [b for block in blocks for b in (block, *walk(block["children"]))]


def test_it_opens_on_alexnet(lab):
    frame = lab.frame()
    assert "61,100,840" in frame.notes["titles"]["left"]
    assert [b["name"] for b in frame.notes["left"]["blocks"]][:3] == ["normalise", "features",
                                                                     "avgpool"]  # fmt: skip
    assert "64 × 363 + 64 = 23,296" in frame.notes["arithmetic"]["sum"]
    assert encode(frame, version=1)


@pytest.mark.parametrize("name", NETS)
def test_blocks_hold_everything_folded_or_not(lab, name):
    put(lab, net=name, fold=True)
    folded = lab.frame().notes["left"]["blocks"]
    seen = lab.seen("left")
    assert sum(b["parameters"] for b in folded) == seen.parameters
    assert sum(b["macs"] for b in folded) == seen.macs
    put(lab, unfold=True)
    open_blocks = walk(lab.frame().notes["left"]["blocks"])
    leaves = [b for b in open_blocks if b["leaf"]]
    assert len(leaves) == len(seen.layers)
    assert sum(b["parameters"] for b in leaves) == seen.parameters
    assert len({b["path"] for b in open_blocks}) == len(open_blocks)
    for block in open_blocks:
        click(lab, block["path"])
        assert lab.explanation().title != "No layer chosen"
        assert lab.explanation().sum


def test_a_click_unfolds_and_folds(lab):
    click(lab, "classifier")
    assert any(b["path"] == "classifier.1" for b in walk(lab.frame().notes["left"]["blocks"]))
    click(lab, "classifier")
    assert not any(b["path"] == "classifier.1" for b in walk(lab.frame().notes["left"]["blocks"]))
    with pytest.raises(ValueError) as fault:
        click(lab, "nonsense")
    assert is_one_sentence(str(fault.value))


def test_a_link_opens_at_the_block_that_is_explained(lab):
    assert not any(lab.address().values())
    put(lab, net="resnet50", unfold=True)
    paths = [b["path"] for b in walk(lab.frame().notes["left"]["blocks"])]
    path = next(path for path in paths if path.startswith("layer3.2.relu#"))
    click(lab, path)
    address = lab.frame().notes["address"]
    other = put(Architectures(), net="resnet50")
    other.receive({"panel": "at", "kind": "link", "value": address["at"]})
    assert other.explanation() == lab.explanation()
    (shown,) = (b for b in walk(other.frame().notes["left"]["blocks"]) if b["selected"])
    assert shown["path"] == path
    for wrong in ("nonsense", "", None, "layer3.9"):
        with pytest.raises(ValueError) as fault:
            other.receive({"panel": "at", "kind": "link", "value": wrong})
        assert is_one_sentence(str(fault.value))


def test_two_networks_side_by_side(lab):
    put(lab, beside="squeezenet")
    notes = lab.frame().notes
    assert "1,235,496" in notes["titles"]["right"]
    click(lab, "features.3", "right")
    assert "SqueezeNet" in lab.explanation().title
    put(lab, beside="none")
    assert "right" not in lab.frame().notes


def test_a_small_input_breaks_in_words(lab):
    put(lab, side=40)
    notes = lab.frame().notes
    assert is_one_sentence(notes["left"]["fault"])
    assert any(b["broken"] for b in walk(notes["left"]["blocks"])) is False  # it never ran


def test_the_table_is_the_survey():
    table = rows(surveyed("vgg16", 224))
    assert sum(row["parameters"] for row in table) == 138_357_544
    assert table[-1]["output"] == "1000"


VALUES = st.one_of(st.none(), st.integers(-9, 999), st.floats(), st.text(max_size=5),
                   st.sampled_from(list(NETS)))  # fmt: skip
EVENTS = st.fixed_dictionaries(
    {},
    optional={
        "setting": st.sampled_from(["net", "beside", "side", "fold", "no", 4]),
        "value": VALUES,
        "kind": st.sampled_from(["block", "no"]),
        "panel": st.sampled_from(["left", "right", 3]),
        "path": st.one_of(VALUES, st.sampled_from(["features", "#1", "fc1#999"])),
    },
)


@settings(max_examples=40)
@given(st.lists(EVENTS, max_size=6))
def test_whatever_a_browser_says_the_lab_goes_on(events):
    lab = Architectures()
    for event in events:
        try:
            lab.receive(event)
        except ValueError as fault:
            assert is_one_sentence(str(fault)), str(fault)
    assert json.dumps(lab.frame().notes)
