"""The lab as the channel drives it."""

import re
from itertools import pairwise

import pytest
import torch

from labs.drawing import to_link
from labs.live.frame import encode
from labs.vision.adversarial import Adversarial, export, formulas, survival
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.ball import norms
from labs.vision.adversarial.nets import MASKED
from labs.vision.adversarial.run import KEPT
from labs.vision.adversarial.words import attack_name
from tests.sentences import is_one_sentence
from tests.vision.adversarial.hand import met, setting, to_the_end


@pytest.mark.parametrize("kind", ["Drawing", "Photograph"])
def test_it_opens_at_work(kind):
    lab = Adversarial(kind)
    frame = lab.frame()
    encode(frame)
    assert frame.notes["tables"]["facts"]["rows"]
    assert frame.values["before"].sum() > 0.9
    assert lab.run.done
    assert lab.run.verdict.won  # a sensible example
    if kind == "Drawing":
        assert {"seen", "true", "magnified", "adversarial", "gradient"} <= frame.maps.keys()


@pytest.mark.parametrize("kind", ["Drawing", "Photograph"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_goes_on_stage(attack, kind):
    lab = setting(Adversarial(kind), attack=attack, steps=3)
    lab.visible_cards = {"attack"}
    method = ATTACKS[attack]
    assert lab.eager != method.live
    for _ in range(4):
        lab.step()
    assert not lab.eager
    frame = lab.frame()
    encode(frame)
    hidden = frame.notes["hidden"]
    assert ("eps_linf" in hidden) != method.budget
    assert ("transport" in hidden) == method.live
    assert frame.values["path"].shape[0] == 3
    assert attack_name(lab.plan) in frame.notes["say"]


def test_a_target_is_reached_and_one_that_holds_is_named(lab):
    setting(lab, attack="pgd", target="3", eps_linf=80)
    assert lab.run.verdict.says == 3
    assert "already" in setting(lab, target="8").frame().notes["say"]
    assert lab.least(now=True) is None


def test_noise_of_the_same_size_does_nothing(lab):
    assert lab.run.verdict.won
    length = lab.run.verdict.norms.linf
    setting(lab, attack="noise")
    assert not lab.run.verdict.won
    assert lab.run.verdict.norms.linf == pytest.approx(length, abs=1 / 255)
    assert lab.frame().notes["say"].startswith("Not fooled by noise alone")
    setting(lab, target="3")  # of which noise knows nothing
    assert lab.plan.target is None
    assert "target" in lab.frame().notes["hidden"]


def test_slow_attacks_end_and_win(lab):
    for attack in ("deepfool", "square", "lbfgs"):
        to_the_end(setting(lab, attack=attack, eps_linf=100))
        assert lab.run.done
        assert lab.run.verdict.won_as_float, attack  # at the very boundary 8 bits may undo it


def test_an_attack_says_how_far_it_is(lab):
    setting(lab, attack="one_pixel", pixels=1)
    lab.step()
    assert "generation 1 of at most 40" in lab.frame().notes["say"]
    to_the_end(lab)
    assert "Not fooled by a change of 1 pixel, 40 generations" in lab.frame().notes["say"]
    assert lab.frame().notes["moments"]["told"] == "40 / 40"
    lab.again()
    assert lab.eager


@pytest.mark.parametrize("attack", ["lbfgs", "carlini_wagner", "square", "patch"])
def test_no_attack_takes_longer_than_it_says(attack, lab):
    to_the_end(setting(lab, attack=attack, net="lenet-mnist-robust", eps_linf=1, size=3))
    assert lab.run.done
    method = ATTACKS[attack]
    # the one that makes a change longer is only taken where rounding undoes it
    assert lab.steps in (method.most - method.least, method.most)
    counts = [moment.count for moment in lab.run.moments]
    assert len(counts) <= KEPT
    assert counts[-1] == lab.steps
    assert len({b - a for a, b in pairwise(counts[:-1])}) == 1  # evenly kept


def test_an_attack_on_many_tells_how_many_it_fools(lab):
    to_the_end(setting(lab, attack="universal", eps_linf=100))
    rows = dict(lab.frame().notes["tables"]["facts"]["rows"])
    assert rows["fooled, as floats"] == f"{lab.run.moment.fooled} of 11 pictures"
    assert lab.run.moment.fooled == max(moment.fooled for moment in lab.run.moments) > 3


@pytest.mark.parametrize("kind", ["Drawing", "Photograph"])
def test_the_picture_is_one_that_a_file_holds(kind):
    lab = Adversarial(kind)
    levels = 255 * lab.run.x
    torch.testing.assert_close(levels, levels.round(), atol=1e-4, rtol=0)
    assert 255 * lab.run.verdict.norms.linf.item() == pytest.approx(
        lab.settings["eps_linf"], abs=1e-3
    )


def test_masking_is_named_and_seen_through(lab):
    setting(lab, net=MASKED)
    told = lab.frame().notes["tables"]["masking"]["said"]
    assert "Gradient masking" in told
    assert "784 of 784" in told
    assert not lab.run.verdict.won
    assert torch.equal(lab.run.verdict.image, lab.run.x)
    to_the_end(setting(lab, attack="square", eps_linf=110))
    assert lab.run.verdict.won
    assert "seeing" in met(lab)
    setting(lab, net="lenet-mnist", attack="pgd")
    assert "No sign" in lab.frame().notes["tables"]["masking"]["said"]


def test_moments_can_be_scrubbed(lab):
    setting(lab, attack="pgd")
    lab.receive({"panel": "moments", "kind": "moment", "value": 0})
    assert torch.equal(lab.run.verdict.image, lab.run.x)
    assert lab.frame().values["path"].shape == (3, 1)
    lab.receive({"panel": "moments", "kind": "moment", "value": 10})
    assert lab.run.shown is None
    with pytest.raises(ValueError, match="moment"):
        lab.receive({"panel": "moments", "kind": "moment", "value": 11})


def test_a_stroke_is_attacked_at_once(lab):
    before = lab.run
    points = [[100 + 10 * i, 250] for i in range(20)]
    lab.receive({"panel": "x", "kind": "stroke", "begin": True, "width": 44, "points": points})
    assert lab.run is not before
    assert not torch.equal(lab.run.x, before.x)
    lab.receive({"panel": "x", "kind": "lift"})
    assert lab.address() == {"x": to_link(lab.subject.pad.future)}


def test_an_empty_pad_is_no_disaster(lab):
    lab.receive({"panel": "x", "kind": "clear"})
    for attack in ATTACKS:
        setting(lab, attack=attack)
        lab.step()
        encode(lab.frame())
    assert "The pad is empty" in lab.frame().notes["say"]


def test_an_empty_pad_has_no_prediction(lab, subtests):
    """In no caption, table, timeline or spoken text, with every attack, target and net."""
    lab.receive({"panel": "x", "kind": "stroke", "begin": True, "points": [[9, 9], [400, 300]]})
    rub = {"begin": True, "points": [[9, 9], [400, 300]], "width": 128, "erase": True}
    lab.receive({"panel": "x", "kind": "stroke", **rub})  # empty, though there are strokes
    setting(lab, visible=["attack", "survive", "rivals"])
    for attack in ATTACKS:
        for target in ("any", "3", "8"):
            with subtests.test(attack, target=target):
                setting(lab, attack=attack, target=target)
                lab.step()
                notes = lab.frame().notes
                tables = {k: v for k, v in notes["tables"].items() if k not in ("pixel", "masking")}
                seen = str([notes["titles"], tables, notes["moments"], notes["say"],
                            formulas.blocks(lab.scene), export.reread(lab.scene)])  # fmt: skip
                assert not re.search("“[0-9]”", seen), seen
                assert notes["moments"]["said"] == []
                assert notes["tables"]["survival"]["rows"] == []
                assert notes["tables"]["transfer"]["rows"] == []
                assert not notes["tables"]["facts"]["good"]
                assert not notes["ticks"]
                lab.rest()
    assert not lab.met


def test_the_other_cards_only_when_seen(lab):
    setting(lab, visible=["attack"])
    assert "survive.jpeg" not in lab.frame().maps
    setting(lab, visible=["attack", "survive", "rivals"])
    frame = lab.frame()
    assert {"survive.jpeg", "robust.image", "standard.gradient"} <= frame.maps.keys()
    assert len(frame.notes["tables"]["transfer"]["rows"]) == len(lab.subject.nets) - 1
    assert survival.survived(lab.scene)["eight"] == lab.run.verdict.won


def test_what_a_browser_may_not_ask(lab, subtests):
    kept = lab.address()
    for event in (
        {"setting": "photo", "value": "cat"},  # of a drawing
        {"panel": "adversarial", "kind": "click", "row": 28, "col": 0},
        {"panel": "moments", "kind": "moment", "value": "x"},
        {"panel": "pixel", "kind": "link", "value": "1"},
    ):
        with subtests.test(str(event)):
            with pytest.raises(ValueError) as fault:
                lab.receive(event)
            assert is_one_sentence(str(fault.value))
            assert lab.address() == kept


@pytest.mark.parametrize("kind", ["Drawing", "Photograph"])
def test_a_link_shows_the_same(kind):
    lab = setting(Adversarial(kind), attack="pgd", eps_linf=4.5, target="5", turn=-20)
    lab.receive({"panel": "gradient", "kind": "click", "row": 3, "col": 20})
    if kind == "Drawing":
        lab.receive({"panel": "x", "kind": "sample", "value": 4})
    else:
        setting(lab, photo="cat")
    other = Adversarial(kind)
    assert other.open({name: str(value) for name, value in lab.address().items()}) == {}
    for one in (lab, other):
        one.settle()
    a, b = lab.frame(), other.frame()
    assert {k: v for k, v in a.notes.items() if k != "met"} == {
        k: v for k, v in b.notes.items() if k != "met"
    }
    assert a.images == b.images
    assert all(torch.equal(a.maps[name], b.maps[name]) for name in a.maps)


def test_settings_come_back_to_the_same_picture(lab):
    image = lab.run.verdict.image
    other = setting(lab, attack="pgd", start="random").run.verdict.image
    assert not torch.equal(image, other)
    assert torch.equal(setting(lab, attack="fgsm", start="picture").run.verdict.image, image)
    assert torch.equal(setting(lab, attack="pgd", start="random").run.verdict.image, other)


def test_norms_of_the_facts_are_of_the_file(lab):
    verdict = lab.run.verdict
    delta = verdict.image - lab.run.x
    rows = dict(lab.frame().notes["tables"]["facts"]["rows"])
    assert rows["values changed, L0"] == f"{int(norms(delta).l0)} of 784"
    assert rows["largest change, L∞"] == "70/255"
