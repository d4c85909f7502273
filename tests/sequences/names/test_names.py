"""The names lab: readers, importance, padding, new names."""

import pytest
import torch
from torch.nn.utils.rnn import pad_sequence

from labs.data.names import LANGUAGES, LETTERS, encode
from labs.models.names import BackwardReader, BothWaysReader, ForwardReader, NameWriter
from labs.sequences.names import Names
from labs.sequences.names.padding import pack, table
from labs.sequences.names.reading import (
    after_each,
    believed,
    capitals,
    gradient,
    leave_one_out,
    write,
)
from tests.sentences import is_one_sentence


@pytest.fixture(params=[BothWaysReader, ForwardReader, BackwardReader])
def reader(request):
    torch.manual_seed(0)
    return request.param().eval().requires_grad_(False)


def test_packed_names_are_read_as_if_alone(reader):
    names = [encode(n) for n in ("Li", "Papadopoulos", "O'Neill", "a")]
    together = reader(names)
    alone = torch.cat([reader([name]) for name in names])
    torch.testing.assert_close(together, alone)


def test_both_ways_is_torchs_bidirectional_gru():
    torch.manual_seed(1)
    model = BothWaysReader().eval()
    both = torch.nn.GRU(32, 128, batch_first=True, bidirectional=True)
    with torch.no_grad():
        for name, p in both.named_parameters():
            direction = "backwards" if name.endswith("_reverse") else "forwards"
            p.copy_(getattr(model.readers[direction], name.removesuffix("_reverse")))
    name = encode("Kowalski")
    _, h = both(model.embedding(name)[None])
    torch.testing.assert_close(model([name])[0], model.head(h[:, 0].flatten()))


def test_after_each_ends_with_the_whole_name(reader):
    name = encode("Rossi")
    p = after_each(reader, name)
    assert p.shape == (5, 18)
    torch.testing.assert_close(p[-1], reader([name])[0].softmax(0))
    torch.testing.assert_close(p.sum(1), torch.ones(5))


def test_gradient_times_letter_is_autograds(reader):
    name = encode("Sato")
    found = gradient(reader, name, 3)
    x = reader.embedding.weight[name].clone()
    step, eps = [], 1e-2
    for t in range(len(name)):
        values = []
        for sign in (1, -1):
            moved = x.clone()
            moved[t] *= 1 + sign * eps
            last = [
                gru((moved.flip(0) if d == "backwards" else moved)[None])[1][0, 0]
                for d, gru in reader.readers.items()
            ]
            values.append(reader.head(torch.cat(last))[3])
        step.append((values[0] - values[1]) / (2 * eps))
    torch.testing.assert_close(found, torch.stack(step), atol=2e-3, rtol=2e-2)


def test_leave_one_out_by_hand(reader):
    name = encode("Sato")
    changed = name.clone()
    changed[2] = len(LETTERS) - 1
    by_hand = reader([name]).log_softmax(1)[0, 5] - reader([changed]).log_softmax(1)[0, 5]
    torch.testing.assert_close(leave_one_out(reader, name, 5)[2], by_hand)


def test_padding_and_packing():
    batch = pack(["Li", "Sato", "Ng"])
    assert batch.padded == ("li··", "sato", "ng··")
    assert batch.sizes == (3, 3, 1, 1)
    assert batch.steps == ("sln", "aig", "t", "o")
    assert batch.saved == pytest.approx(4 / 12)
    assert pad_sequence([encode("Li"), encode("Sato")]).shape == (4, 2)


def test_the_table_of_a_batch_is_the_rectangle_the_longest_first():
    step, sato, li, computed, saved = table(pack(["Li", "Sato"])).splitlines()
    assert step.split() == ["step", "1", "2", "3", "4"]
    assert sato.split() == ["sato", "s", "a", "t", "o"]
    assert li.split() == ["li", "l", "i", "·", "·"]
    assert computed.split()[2:] == ["2", "2", "1", "1"]
    assert saved.endswith("25% of the rectangle")
    assert len({len(line) for line in (step, sato, li, computed)}) == 1


def test_the_reader_believes_its_own_probability(reader):
    read = [encode("Sato"), encode("O'Neill")]
    p = reader(read).softmax(1)[:, 3].tolist()
    found = believed(reader, ["Sato", "", "O'Neill"], 3)
    assert found == pytest.approx([p[0], 0, p[1]], abs=1e-6)
    assert believed(reader, [""], 3) == [0.0]


def test_new_names_are_repeatable_and_end(rng):
    torch.manual_seed(2)
    model = NameWriter().eval()
    one = write(model, 4, 8, 0.8, torch.Generator().manual_seed(1))
    assert one == write(model, 4, 8, 0.8, torch.Generator().manual_seed(1))
    assert len(one) == 8
    assert all(len(name) <= 20 for name in one)


@pytest.mark.parametrize(("name", "shown"), [
    ("o'neill", "O'Neill"), ("de la cruz", "De La Cruz"), ("ßa", "ßa"), ("", ""),
])  # fmt: skip
def test_capitals(name, shown):
    assert capitals(name) == shown


@pytest.mark.parametrize(
    "typed", ["Nguyen", "  Li  ", "日本", "🙂", "", "x" * 30, "a\nb", "مرحبا", "İnan"]
)
def test_any_name(typed):
    lab = Names()
    lab.receive({"panel": "letters", "kind": "type", "value": typed})
    lab.receive({"panel": "letters", "kind": "click", "index": 0})
    frame = lab.frame()
    assert len(frame.values["letters"]) == len(lab.reading.read)
    total = sum(row[1] for row in frame.notes["both"]["rows"])
    assert total == pytest.approx(1, abs=1e-4)


def test_letters_that_are_not_read_have_no_colour():
    whole, part = Names(), Names()
    whole.receive({"panel": "letters", "kind": "type", "value": "Papad"})
    part.receive({"panel": "letters", "kind": "type", "value": "Papadopoulos"})
    part.receive({"panel": "letters", "kind": "click", "index": 4})
    shown = [lab.frame().values["letters"] for lab in (whole, part)]
    assert torch.allclose(*shown)


def test_without_letters_nothing_is_left_of_the_name_before():
    lab = Names()
    lab.frame()
    lab.receive({"panel": "letters", "kind": "type", "value": " "})
    frame = lab.frame()
    assert frame.values["moving"].isnan().all()
    assert frame.notes["moving"]["columns"] == []
    assert "no letters" in frame.notes["titles"]["letters"]


def test_known_names():
    lab = Names()
    for name, language in (("Papadopoulos", "Greek"), ("O'Neill", "Irish"), ("Rossi", "Italian"),
                           ("Kowalski", "Polish"), ("Nguyen", "Vietnamese")):  # fmt: skip
        lab.receive({"panel": "letters", "kind": "type", "value": name})
        assert LANGUAGES[int(lab.reading.answers["both"].argmax())] == language


@pytest.mark.parametrize("bad", [
    {"panel": "letters", "kind": "type", "value": "x" * 31},
    {"panel": "letters", "kind": "type", "value": 3},
    {"panel": "letters", "kind": "click", "index": -2},
    {"panel": "moving", "kind": "click", "unit": 14},
])  # fmt: skip
def test_bad_events_are_one_sentence(bad):
    with pytest.raises(ValueError) as fault:
        Names().receive(bad)
    assert is_one_sentence(str(fault.value))


@pytest.mark.parametrize("name", ["Müller", "İnan"])
def test_the_script_reads_the_name_again(printed, name):
    lab = Names()
    lab.receive({"panel": "letters", "kind": "type", "value": name})
    told = printed(lab.script()).splitlines()
    assert len(told) == len(name)
    for line, p in zip(told, lab.reading.moving, strict=True):
        likeliest, share = line[31:].split("  ")[0].split()
        assert likeliest == LANGUAGES[int(p.argmax())]
        assert float(share) == pytest.approx(p.max().item(), abs=2e-4)


def test_typography_does_not_change_the_answer():
    for keyboard, printed in (("O'Brien", "O\u2019Brien"), ("Müller", "Mu\u0308ller\x07")):
        one, other = Names(), Names()
        one.receive({"panel": "letters", "kind": "type", "value": keyboard})
        other.receive({"panel": "letters", "kind": "type", "value": printed})
        assert other.reading.text == one.reading.text == keyboard
