"""What can be attacked: a drawing, photographs, a famous net where its weights are."""

import pytest
import torch

from labs.live.frame import encode
from labs.models.squeezenet import SqueezeNet
from labs.vision.adversarial import Adversarial
from labs.vision.adversarial.nets import network
from labs.vision.adversarial.subjects import SUBJECTS, subject
from labs.zoo import famous
from tests.vision.adversarial.hand import setting


def test_a_photograph_of_ones_own():
    lab = Adversarial("Photograph")
    with pytest.raises(ValueError, match="photograph"):
        setting(lab, photo="yours")
    lab.load_picture(torch.rand(1, 1, 50, 90))
    assert lab.run.x.shape == (1, 3, 64, 64)
    assert lab.address() == {"subject": "Photograph"}
    setting(lab, photo="cat")
    assert lab.settings["photo"] == "cat"


def test_a_famous_net_where_it_is(monkeypatch):
    monkeypatch.setattr(famous, "present", lambda name: name == "squeezenet")
    with torch.random.fork_rng():
        torch.manual_seed(0)
        shell = SqueezeNet().eval().requires_grad_(False)
    monkeypatch.setattr(famous, "load", lambda name: shell)
    network.cache_clear()
    lab = Adversarial("ImageNet")
    setting(lab, net="squeezenet")
    lab.visible_cards = {"attack"}
    assert lab.run.x.shape == (1, 3, 224, 224)
    encode(lab.frame())
    assert len(lab.subject.labels) == 1000
    assert lab.address() == {"subject": "ImageNet", "net": "squeezenet"}
    network.cache_clear()


def test_imagenet_needs_no_download(monkeypatch):
    monkeypatch.setattr(famous, "present", lambda name: False)
    assert list(SUBJECTS) == ["Drawing", "Photograph", "ImageNet"]
    assert list(subject("ImageNet").nets) == ["efficientnet-lite0"]
    lab = Adversarial("ImageNet")
    lab.visible_cards = {"attack"}
    assert lab.subject.labels[lab.run.says] == "espresso"
    encode(lab.frame())
    assert subject("<b>").title == subject(None).title == "Drawing"


def test_of_a_large_photo_fgsm_is_live_and_pgd_shows_its_steps():
    lab = Adversarial("ImageNet")
    lab.visible_cards = {"attack"}
    assert lab.run.done
    setting(lab, attack="pgd", steps=3)
    assert lab.eager
    assert not {"transport", "again"} & set(lab.frame().notes["hidden"])
    shown = []
    while lab.step():
        shown.append(lab.frame().notes["moments"]["told"])
    assert shown == ["1 / 1", "2 / 2", "3 / 3"]
    assert not lab.eager
    assert lab.run.verdict.won
    assert lab.frame().notes["titles"]["path"] == "3 steps"
