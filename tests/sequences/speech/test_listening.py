"""A sound under the hand: what is heard, switched off, looked at and brought."""

import itertools
from base64 import b64encode

import pytest
import torch
from torch import nn

from labs.data.spoken import SHIPPED
from labs.models.speech.mel import BANDS, RATE, filters, log_mel, power
from labs.models.speech.net import FRAME, SYMBOLS
from labs.numerals import written
from labs.sequences.speech import boxes, hearing, sounds
from labs.sequences.speech.listen import Listen
from labs.sequences.speech.sounding import PROMPT
from labs.sequences.speech.through_time import input_gradients
from labs.sound_files import to_wav
from tests.sentences import refuses


def put(lab: Listen, **settings: object) -> None:
    for name, value in settings.items():
        lab.receive({"setting": name, "value": value})


def spoken(text: str, **settings: object) -> Listen:
    lab = Listen()
    lab.receive({"panel": "typed", "kind": "text", "value": text})
    put(lab, **settings)
    return lab


def brush(lab: Listen, *box: int, begin: bool = True) -> None:
    lab.receive({"panel": "sound", "kind": "brush", "begin": begin, "box": list(box)})


def pieces(wave: torch.Tensor, rate: int, count: int) -> list[dict]:
    """What a browser sends of a microphone."""
    numbers = (wave.clamp(-1, 1) * 32767).to(torch.int16)
    return [
        {"panel": "wave", "kind": "sound", "rate": rate, "begin": k == 0,
         "data": b64encode(part.numpy().tobytes()).decode()}
        for k, part in enumerate(numbers.chunk(count))
    ]  # fmt: skip


def test_typed_digits_are_heard_in_nearly_every_voice():
    heard = [spoken(text, speaker=str(s)).heard.text
             for s in SHIPPED for text in ("4072", "135", "69", "8")]  # fmt: skip
    truth = ["4072", "135", "69", "8"] * len(SHIPPED)
    assert sum(a == b for a, b in zip(heard, truth, strict=True)) >= len(truth) - 2


def test_the_rows_under_the_wave_are_the_collapse_rule():
    lab = spoken("77")
    frames, merged, says, _ = lab.frame().notes["wave"]["rows"]
    assert len(frames["cells"]) == len(lab.heard.path)
    names = [cell[2] for cell in frames["cells"]]
    ends = [names[0], *(b for a, b in itertools.pairwise(names) if a != b)]
    assert [cell[2] for cell in merged["cells"]] == ends
    assert "".join(cell[2] for cell in says["cells"]) == lab.heard.text == "77"


def test_what_is_switched_off_is_silent_and_comes_back():
    lab = Listen()
    whole = lab.heard
    brush(lab, 20, 40, 0, 9)
    assert (lab.heard.x[BANDS - 10 :, 20:41] == hearing.SILENT).all()
    other = torch.ones_like(whole.x, dtype=torch.bool)
    other[BANDS - 10 :, 20:41] = False
    assert torch.equal(lab.heard.x[other], whole.x[other])
    assert lab.frame().notes["sound"]["boxes"] == [[20, 40, 0, 9]]
    lab.receive({"panel": "sound", "kind": "remove", "index": 0})
    assert torch.equal(lab.heard.x, whole.x)
    assert torch.equal(lab.heard.log_probs, whole.log_probs)


def test_a_box_grows_while_the_hand_moves():
    lab = Listen()
    brush(lab, 20, 22, 3, 4)
    brush(lab, 20, 60, 3, 9, begin=False)
    assert lab.off == [(20, 60, BANDS - 10, BANDS - 4)]
    brush(lab, 100, 120, 0, 39)
    assert len(lab.off) == 2
    lab.rest()
    lab.receive({"setting": "undo", "value": True})
    assert lab.off == []


def test_all_sound_switched_off_is_nothing_and_shown():
    lab = spoken("8")
    brush(lab, 0, 10_000, 0, BANDS - 1)
    frame = lab.frame()
    assert lab.heard.text == ""
    assert frame.notes["words"]["answer"][0]["text"] == "nothing"
    assert frame.maps["slope"].abs().max() == 0
    assert "nan" not in str(frame.notes)


def line(lab: Listen, *cells: list[int]) -> None:
    lab.receive({"panel": "sound", "kind": "pen", "cells": list(cells)})


def test_a_line_that_is_drawn_sounds_at_its_pitch_and_in_its_time():
    lab = Listen()
    put(lab, empty=True)
    assert not lab.heard.text
    assert not lab.heard.wave.any()
    band = 20
    line(lab, [40, BANDS - 1 - band], [100, BANDS - 1 - band])
    loud = log_mel(lab.heard.wave)
    assert loud[:, 45:95].argmax(0).sub(band).abs().max() <= 1
    assert loud[band, 45:95].min() > loud[band, :35].max() + 40
    assert loud[band, 45:95].min() > loud[band, 106:].max() + 40
    assert lab.frame().notes["sound"]["pen"] is True


def test_what_is_drawn_is_undone_rubbed_out_and_gone_with_its_sound():
    lab = Listen()
    before = lab.heard
    lab.rest()
    line(lab, [10, 5], [60, 30])
    assert not torch.equal(lab.heard.wave, before.wave)
    lab.rest()
    lab.receive({"setting": "undo", "value": True})
    assert torch.equal(lab.heard.wave, before.wave)
    line(lab, [10, 5], [60, 30])
    put(lab, rub=True)
    assert torch.equal(lab.heard.wave, before.wave)
    line(lab, [10, 5], [60, 30])
    lab.receive({"panel": "typed", "kind": "text", "value": "7"})
    assert torch.equal(lab.heard.wave, spoken("7").heard.wave)
    put(lab, empty=True)
    line(lab, [10, 5], [60, 30])
    put(lab, typed_back=True)
    assert torch.equal(lab.heard.wave, before.wave)


def test_a_line_that_is_none_is_refused():
    lab = Listen()
    for cells in (None, [], [[0, 0]], [[0, 0], [1, BANDS]], [[0, 0], [-1, 3]], [[0, 0], [True, 3]],
                  [[0, 0], [0.5, 3]], [0, 1], [[0, 0], [10**9, 3]]):  # fmt: skip
        refuses(lab, {"panel": "sound", "kind": "pen", "cells": cells})
    assert lab.ink is None


def test_a_damaged_drawing_in_a_link_is_refused():
    lab = Listen()
    line(lab, [10, 5], [60, 30])
    text = lab.to_link()["drawn"]
    other = Listen()
    for damaged in (text[:-4], "x", "!", spoken("1").to_link()["typed"], text[4:]):
        refuses(other, {"kind": "link", "panel": "drawn", "value": damaged})
    other.from_link("drawn", text)
    assert torch.equal(other.heard.wave, lab.heard.wave)


def test_more_boxes_than_there_may_be_are_refused():
    lab = Listen()
    for k in range(boxes.MOST):
        brush(lab, k, k, 0, 0)
    refuses(lab, {"panel": "sound", "kind": "brush", "begin": True, "box": [0, 1, 0, 1]})
    assert len(lab.off) == boxes.MOST


def test_another_speed_is_another_length_and_pitch():
    one, two = spoken("3"), spoken("3", speed=2.0)
    assert len(two.heard.wave) == pytest.approx(len(one.heard.wave) / 2, abs=2)
    t = torch.arange(8000) / RATE
    fast = sounds.faster(torch.sin(2 * torch.pi * 500 * t), 1.5)
    peak = torch.fft.rfft(fast).abs().argmax() * RATE / len(fast)
    assert peak.item() == pytest.approx(750, abs=3)


def test_noise_is_as_loud_as_it_says_and_the_same_again():
    wave = torch.sin(torch.arange(40_000) / 3) * 0.1
    squares = wave.square()
    level = squares[squares >= squares.median()].mean()
    for ratio in (20.0, 10.0):
        noise = sounds.noisy(wave, ratio) - wave
        told = level.item() * 10 ** (-ratio / 10)
        assert noise.square().mean().item() == pytest.approx(told, rel=0.05)
    assert torch.equal(sounds.noisy(wave, 5.0), sounds.noisy(wave, 5.0))
    assert sounds.noisy(wave, sounds.CLEAN) is wave


def test_the_gradient_is_what_a_small_change_does():
    lab = Listen()
    net, heard = lab.net, lab.heard
    slope = hearing.gradients(net, heard)[-1]
    flat = slope.abs().flatten().argsort(descending=True)[:4]
    for at in flat.tolist():
        band, t = divmod(at, heard.x.shape[1])
        values = []
        for step in (-0.05, 0.05):
            x = heard.x.clone()
            x[band, t] += step
            log_probs = net(x[None])[0].double()
            values.append(hearing.ctc.lattice(log_probs, heard.answer).log_prob)
        assert (values[1] - values[0]).item() / 0.1 == pytest.approx(
            slope[band, t].item(), rel=0.1, abs=2e-6
        )


@pytest.mark.parametrize("steps", [1, 2, 9])
def test_the_way_back_through_the_gru_is_autograd_s(rng, steps):
    gru = nn.GRU(5, 4, batch_first=True, bidirectional=True).double()
    x = torch.randn(steps, 5, generator=rng, dtype=torch.float64, requires_grad=True)
    back = torch.randn(3, steps, 8, generator=rng, dtype=torch.float64)
    states = gru(x[None])[0][0]
    ours = input_gradients(gru, x.detach(), states.detach(), back)
    for row, seed in zip(ours, back, strict=True):
        (peer,) = torch.autograd.grad(states, x, seed, retain_graph=True)
        torch.testing.assert_close(row, peer)


def test_each_digit_owes_most_to_sounds_near_it():
    lab = Listen()
    slopes = hearing.gradients(lab.net, lab.heard)[:-1]
    owed = hearing.reasons(slopes, len(lab.heard.path))
    assert owed.shape == (4, len(lab.heard.path))
    assert owed.max(1).values == pytest.approx(torch.ones(4))
    for (_, a, b), row in zip(hearing.spoken(lab.heard.path), owed, strict=True):
        assert abs(row.argmax().item() - (a + b) / 2) * FRAME < 0.6


def test_the_units_add_up_to_the_logit():
    lab = Listen()
    lab.receive({"panel": "probs", "kind": "click", "row": 2, "col": 7})
    notes = lab.frame().notes["votes"]
    symbol = lab.heard.path[7]
    logit = lab.net.logits(lab.heard.states[None])[0, 7, symbol].item()
    assert notes["foot"].endswith(written(logit, ".2f"))


def test_a_band_is_the_sum_under_its_triangle():
    lab = Listen()
    lab.receive({"panel": "sound", "kind": "click", "row": 30, "col": 50})
    frame = lab.frame()
    band = BANDS - 1 - 30
    products = filters()[band] * power(lab.heard.wave)[50]
    rows = frame.notes["band"]["rows"]
    assert len(rows) == int((filters()[band] > 0).sum())
    assert sum(float(row[3].replace("−", "-")) for row in rows) == pytest.approx(
        products.sum().item(), rel=0.02
    )
    assert written(log_mel(lab.heard.wave)[band, 50].item(), ".1f") in frame.notes["band"]["sum"]


def test_a_file_is_heard_and_undone_and_left_by_typing():
    lab = Listen()
    lab.rest()
    wave = sounds.spell("93", 5, 0.2)
    lab.take(to_wav(wave))
    assert lab.heard.text == "93" == lab.net.transcribe(wave, RATE)
    assert "recording" in lab.left_out()
    assert lab.frame().notes["typed"]["text"] == ""
    brush(lab, 0, 10, 0, 39)
    lab.rest()
    assert "off" not in lab.address()
    lab.receive({"setting": "undo", "value": True})
    assert lab.off == []
    assert lab.own is not None
    lab.receive({"setting": "undo", "value": True})
    assert lab.heard.text == "4072"
    lab.take(to_wav(wave))
    lab.receive({"panel": "typed", "kind": "text", "value": "8"})
    assert lab.own is None
    assert lab.left_out() == ""


def test_what_is_no_sound_changes_nothing():
    lab = Listen()
    for data in (b"", b"hello", to_wav(torch.zeros(9000)), to_wav(torch.zeros(10))):
        with pytest.raises(ValueError, match=r"[.?]$"):
            lab.take(data)
    assert lab.own is None
    assert lab.heard.text == "4072"


def test_the_microphone_is_heard_while_it_is_on(subtests):
    for rate in (8_000, 44_100, 48_000):
        with subtests.test(str(rate)):
            lab, own = Listen(), sounds.spell("38", 4, 0.2)
            length = int(len(own) * rate / RATE)
            wave = torch.nn.functional.interpolate(own[None, None], size=length, mode="linear")
            said = []
            for event in pieces(wave[0, 0], rate, 20):
                lab.receive(event)
                lab.frame()
                said.append(lab.heard.text)
            assert "3" in said
            assert said[-1] == "38"
            assert "wave" not in lab.frame().images  # not before it is off
            lab.receive({"panel": "wave", "kind": "lift"})
            lab.rest()
            assert "wave" in lab.frame().images


def test_a_microphone_that_hears_nothing_says_so():
    lab = Listen()
    for event in pieces(torch.zeros(8000), RATE, 4):
        lab.receive(event)
    refuses(lab, {"panel": "wave", "kind": "lift"})


def test_a_browser_can_not_fill_the_memory():
    lab = Listen()
    for event in pieces(torch.zeros(30 * RATE).normal_(0, 0.1), RATE, 12):
        lab.receive(event)
    assert len(lab.own) <= 10.3 * RATE
    piece = {"panel": "wave", "kind": "sound", "begin": False}
    for more in ({"rate": 8000, "data": "A" * 500_000}, {"rate": 8000, "data": "§"},
                 {"rate": 1, "data": ""}, {"rate": None, "data": ""}, {"rate": 8000}):  # fmt: skip
        refuses(lab, piece | more)


def test_the_paths_of_another_text_are_shown(subtests):
    lab = Listen()
    for text in ("4072", "4572", "1", "000000000000"):
        with subtests.test(text):
            lab.receive({"panel": "other", "kind": "text", "value": text})
            frame = lab.frame()
            assert frame.values["paths"].shape == (2 * len(text) + 1, len(lab.heard.path))
            loss = hearing.ctc.ctc_loss(lab.heard.log_probs, [SYMBOLS.index(c) for c in text])
            assert written(loss, ".3f") in frame.notes["titles"]["paths"]
    lab.receive({"panel": "other", "kind": "text", "value": ""})
    assert lab.target == lab.heard.answer
    refuses(lab, {"panel": "other", "kind": "text", "value": "four"})


def test_texts_that_are_no_digits_are_refused_and_an_emptied_box_is_not():
    lab = Listen()
    for text in ("four", "123456789", "٣", "4.2", None, 7):
        refuses(lab, {"panel": "typed", "kind": "text", "value": text})
    lab.receive({"panel": "typed", "kind": "text", "value": ""})
    assert lab.typed == "4072"


def test_the_longest_sound_has_its_gradients_when_the_hand_rests():
    lab = spoken("12345678", pause=0.6, speed=0.5)
    assert lab.heard.x.shape[1] * len(lab.heard.answer) > PROMPT
    assert lab.frame().notes["wave"]["rows"][3]["cells"] == []
    assert lab.settle()
    assert lab.frame().notes["wave"]["rows"][3]["cells"]
    assert not lab.settle()


def test_an_address_with_junk_is_told_apart():
    faults = Listen().open({"typed": "abc", "off": "1.2.3", "at": "-1", "other": "x" * 30})
    assert faults.keys() == {"typed", "off", "at", "other"}


def test_the_script_hears_the_same(printed):
    lab = spoken("52", noise=20)
    brush(lab, 10, 30, 0, 9)
    out = printed(lab.script())
    path = "".join(SYMBOLS[s] for s in lab.heard.path)
    assert path in out
    assert f"{lab.heard.text}  ln p = {lab.heard.lattice.log_prob:.4f}"[:12] in out


def test_the_script_hears_nothing_where_all_is_off(printed):
    lab = Listen()
    brush(lab, 0, 10_000, 0, BANDS - 1)
    out = printed(lab.script())
    assert "".join(SYMBOLS[s] for s in lab.heard.path) in out
    assert f"nothing  ln p = {lab.heard.lattice.log_prob:.4f}" in out
