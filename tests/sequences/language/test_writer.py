"""The writing experiment: what is typed is read, what is drawn is shown, nothing breaks it."""

import pytest
import torch

from labs.data.text import PRINTABLE, plain
from labs.sequences.language import Writer
from labs.sequences.language.challenges.writing import period
from tests.labs import holding
from tests.sentences import is_one_sentence


@pytest.fixture
def lab():
    return Writer()


@pytest.fixture(scope="module")
def sturdy():
    """One writer for everything that must not harm it."""
    return Writer()


def test_it_is_at_work_at_once(lab):
    frame = lab.frame()
    assert len(lab.page) > 300
    assert lab.page.text.startswith(lab.beginning)
    assert len(frame.values["page"]) == len(frame.notes["page"]["text"])
    assert frame.maps["units"].shape == (1, 256, 96)
    assert lab.tracking.matches


def test_the_same_seed_writes_the_same_text(lab):
    lab.receive({"setting": "again", "value": True})
    texts = []
    for _ in range(2):
        for _ in range(80):
            lab.step()
        texts.append(lab.page.text)
        lab.receive({"setting": "again", "value": True})
    assert texts[0] == texts[1]
    lab.receive({"setting": "seed", "value": 2})
    for _ in range(80):
        lab.step()
    assert lab.page.text != texts[0]


def test_another_seed_writes_as_much_and_the_same_one_changes_nothing(lab):
    before = lab.page.text
    lab.receive({"setting": "seed", "value": 1})
    lab.receive({"panel": "page", "kind": "type", "value": lab.beginning})
    assert lab.page.text == before
    lab.receive({"setting": "seed", "value": 2})
    assert len(lab.page) == len(before)
    assert lab.page.text != before
    lab.receive({"setting": "seed", "value": 1})
    assert lab.page.text == before


def test_what_a_click_chose_is_kept_by_the_link(lab):
    assert lab.address() == {}
    mark = str(lab.look.window[0] + 5)
    lab.receive({"panel": "units", "kind": "click", "row": 0, "col": 5})
    lab.receive({"setting": "color", "value": "h"})
    assert lab.address() == {"unit": 0, "color": "h", "mark": mark}
    lab.receive({"panel": "page", "kind": "brush", "from": 1, "to": 6})
    stretch = {"color": "alike", "brush": "1.6"}
    assert lab.address() == {"unit": 0, "mark": mark} | stretch
    other = Writer()
    assert other.open({name: str(value) for name, value in lab.address().items()}) == {}
    assert other.marks.stretch == (1, 6)


def test_a_link_opens_the_text_in_the_way_it_was_begun(lab):
    for name, value in {"temperature": 2.0, "net": "gru", "top_k": 5}.items():
        lab.receive({"setting": name, "value": value})
    assert lab.address()["began"] == "2.0,0,1.0"
    assert text_of_link(lab) == lab.page.text
    lab.receive({"setting": "seed", "value": 4})
    assert lab.address() == {"net": "gru", "temperature": 2.0, "top_k": 5, "seed": 4}
    assert text_of_link(lab) == lab.page.text
    lab.receive({"panel": "page", "kind": "type", "value": "KING:\nWhat"})
    assert text_of_link(lab) == lab.page.text == "KING:\nWhat"
    with pytest.raises(ValueError):
        lab.from_link("began", "1,2")


def text_of_link(lab):
    other = Writer()
    assert other.open({name: str(value) for name, value in lab.address().items()}) == {}
    return other.page.text


def test_odds_are_the_models(lab):
    lab.receive({"panel": "page", "kind": "click", "index": 30})
    logits, _ = lab.page.model(PRINTABLE.encode("\n" + lab.page.text[:30])[None])
    logits = logits[0, -1].clone()
    logits[-1] = -torch.inf
    p = torch.softmax(logits / 0.8, 0)
    rows = lab.frame().notes["odds"]["rows"]
    assert rows[0][1] == pytest.approx(p.max().item(), abs=1e-4)


def test_rejected_mass_is_shown(lab):
    lab.receive({"setting": "top_k", "value": 2})
    odds = lab.frame().notes["odds"]
    assert "2 characters left" in odds["foot"]
    assert [row[1] > 0 for row in odds["rows"][:3]] == [True, True, False]
    assert odds["rows"][2][2] > 0


def test_the_likeliest_stand_in_their_order_also_where_one_is_certain(lab):
    rows = lab.frame().notes["odds"]["rows"]
    lab.receive({"setting": "temperature", "value": 0})
    cold = lab.frame().notes["odds"]["rows"]
    assert [row[0] for row in cold] == [row[0] for row in rows]
    assert [row[1] for row in cold] == [1.0] + [0.0] * (len(cold) - 1)


def test_a_gate_that_a_net_has_not_is_not_in_the_legend(lab):
    for name, value in (("net", "rnn"), ("color", "forget")):
        lab.receive({"setting": name, "value": value})
    notes = lab.frame().notes
    assert "has no forget" in notes["titles"]["page"]
    assert notes["page"]["label"].startswith("h of unit")


def test_an_emptied_page_opens_empty(lab):
    lab.receive({"panel": "page", "kind": "type", "value": ""})
    other = Writer()
    assert other.open({k: str(v) for k, v in lab.address().items()}) == {}
    assert other.typed == ""
    assert other.page.text == lab.page.text


@pytest.mark.parametrize("text", ["", "🙂 مرحبا", "\n\n\n", "x" * 1000, "\ud800", "a\x00b"])
def test_anything_may_be_typed(sturdy, text):
    lab = sturdy
    lab.receive({"panel": "page", "kind": "type", "value": text})
    assert lab.page.text == plain(text)
    for _ in range(20):
        lab.step()
    lab.receive({"panel": "page", "kind": "click", "index": 0})
    frame = lab.frame()
    assert len(frame.values["page"]) == len(lab.page)


def test_colours(lab):
    for color in ("h", "c", "input", "forget", "output", "reset", "update", "alike", "surprise"):
        lab.receive({"setting": "color", "value": color})
        frame = lab.frame()
        assert len(frame.values["page"]) == len(lab.page)
        if color in ("reset", "update"):
            assert "has no" in frame.notes["titles"]["page"]


def test_a_brush_finds_its_twin(lab):
    lab.receive({"panel": "page", "kind": "type", "value": "ROMEO:\nO me!\n\nROMEO:\nO me!\n"})
    lab.receive({"panel": "page", "kind": "brush", "from": 1, "to": 6})
    assert lab.look.alike().share[1] == 1
    frame = lab.frame()
    assert frame.values["page"].max() == 1
    assert f"at {lab.look.alike().twins} other places" in frame.notes["titles"]["page"]


def test_a_clicked_character_is_written_and_the_text_goes_on_from_it(lab):
    lab.receive({"panel": "page", "kind": "type", "value": "KING:\n"})
    for _ in range(30):
        lab.step()
    before = lab.page.text
    lab.receive({"panel": "page", "kind": "click", "index": 20})
    lab.receive({"panel": "odds", "kind": "click", "unit": 0, "label": "␣ space"})
    assert lab.page.text == before[:20] + " "
    assert lab.steps == 15
    whole, _ = lab.page.model(PRINTABLE.encode("\n" + lab.page.text)[None])
    torch.testing.assert_close(lab.page.logits, whole[0, -1], atol=1e-4, rtol=1e-4)
    lab.receive({"panel": "odds", "kind": "click", "label": "Z"})
    lab.step()
    assert lab.page.text[:22] == before[:20] + " Z"


def test_text_goes_on_after_the_page_is_full(lab):
    for _ in range(1400):
        lab.step()
    assert lab.page.start > 0
    lab.receive({"panel": "page", "kind": "click", "index": 3})
    lab.frame()


@pytest.mark.parametrize("bad", [
    {"panel": "page", "kind": "type", "value": "x" * 1001}, {"panel": "page", "kind": "type"},
    {"panel": "page", "kind": "click", "index": "0"}, {"panel": "none", "kind": "click"},
    {"panel": "odds", "kind": "click", "label": "zz"},
    {"panel": "page", "kind": "brush", "from": 3, "to": 3},
])  # fmt: skip
def test_bad_events_are_one_sentence(sturdy, bad):
    before = sturdy.page.text, dict(sturdy.settings)
    with pytest.raises(ValueError) as fault:
        sturdy.receive(bad)
    assert is_one_sentence(str(fault.value))
    sturdy.frame()
    assert (sturdy.page.text, sturdy.settings) == before


def test_the_loop_is_met_at_temperature_zero(lab):
    lab.receive({"setting": "temperature", "value": 0})
    while "loop" not in holding(lab) and lab.steps < 1400:
        for _ in range(100):
            lab.step()
    assert "loop" in holding(lab)
    stretch = period(lab.page.text)
    assert lab.page.text[-stretch:] == lab.page.text[-2 * stretch : -stretch]


@pytest.mark.parametrize(("text", "length"), [("abcabcabc", 3), ("xyabab", 0), ("ababab", 2)])
def test_period(text, length):
    assert period(text) == length


def test_beside_each_other_every_kind_reads_the_same_end(lab):
    lab.frame()
    frame = lab.frame()
    shown = {k: v for k, v in frame.notes.items() if k.startswith("beside.")}
    assert shown
    for told in shown.values():
        assert "".join(told["columns"]) == lab.page.text[-6:]
        assert told["text"].startswith(("h = ", "c = "))
    lab.receive({"panel": "page", "kind": "type", "value": ""})
    assert not [k for k in lab.frame().notes if k.startswith("beside.")]


def test_typography_is_no_unknown_letter(lab):
    lab.receive({"panel": "page", "kind": "type", "value": "don\u2019t\x07"})
    assert lab.beginning == "don't"
    assert "unknown" not in lab.frame().notes["titles"]["page"]


def test_how_a_text_was_begun_is_in_no_link_where_nothing_is_written(lab):
    lab.receive({"panel": "page", "kind": "type", "value": "to be"})
    lab.receive({"setting": "top_p", "value": 0.5})
    other = Writer()
    other.open({k: str(v) for k, v in lab.address().items()})
    assert other.address() == lab.address()
