"""Published weights: fetched when asked for, checked twice, and one sentence when it fails."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from labs.models.imagenet import Normalise
from labs.zoo import famous
from tests.sentences import is_one_sentence


class Tiny(nn.Module):
    """Stands for a famous network: a batch norm counts batches, which old files do not."""

    def __init__(self) -> None:
        super().__init__()
        self.normalise = Normalise()
        self.conv = nn.Conv2d(3, 4, 3)
        self.bn = nn.BatchNorm2d(4)

    def forward(self, x: Tensor) -> Tensor:
        return self.bn(self.conv(self.normalise(x))).mean((2, 3))


@pytest.fixture
def served(tmp_path, monkeypatch):
    """Publish a state dict under a file address; the cache is an empty folder."""
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    famous.load.cache_clear()

    def publish(state: object, damage: bytes = b"") -> None:
        buffer = io.BytesIO()
        torch.save(state, buffer)
        data = buffer.getvalue()
        file = tmp_path / f"tiny-{hashlib.sha256(data).hexdigest()[:8]}.pth"
        file.write_bytes(data + damage)
        entry = replace(
            famous.FAMOUS["squeezenet"], architecture=Tiny, url=file.as_uri(), size=len(data)
        )
        monkeypatch.setattr(famous, "FAMOUS", {"tiny": entry})

    yield publish
    famous.load.cache_clear()


def left_behind() -> list[Path]:
    folder = famous.file_of("tiny").parent
    return list(folder.iterdir()) if folder.exists() else []


def test_fetched_weights_are_the_networks(served, rng):
    twin = Tiny().eval()
    twin.bn.running_mean.fill_(0.3)
    state = {k: v for k, v in twin.state_dict().items() if "batches" not in k}
    served(state | {"aux1.fc.weight": torch.ones(2, 2)})
    assert not famous.present("tiny")
    with pytest.raises(ValueError, match="not on this machine") as fault:
        famous.load("tiny")
    assert is_one_sentence(str(fault.value))
    reports = list(famous.fetch("tiny"))
    assert reports[-1].done == reports[-1].total > 0
    assert famous.present("tiny")
    model = famous.load("tiny")
    x = torch.rand(2, 3, 8, 8, generator=rng)
    torch.testing.assert_close(model(x), twin(x))
    assert not model.training
    assert not any(p.requires_grad for p in model.parameters())
    assert model is famous.load("tiny")
    assert next(famous.fetch("tiny")).done > 0  # at once, from the disk


def test_damage_on_the_way_leaves_nothing(served):
    served(Tiny().state_dict(), damage=b"x")
    with pytest.raises(ValueError, match="damaged") as fault:
        list(famous.fetch("tiny"))
    assert is_one_sentence(str(fault.value))
    assert not left_behind()


def test_damage_on_the_disk_is_noticed(served):
    served(Tiny().state_dict())
    list(famous.fetch("tiny"))
    with famous.file_of("tiny").open("ab") as file:
        file.write(b"more")
    with pytest.raises(ValueError, match="damaged"):
        famous.load("tiny")
    assert not famous.present("tiny")
    list(famous.fetch("tiny"))
    with famous.file_of("tiny").open("r+b") as file:
        file.truncate(100)  # torn: not there, and replaced
    assert not famous.present("tiny")
    list(famous.fetch("tiny"))
    assert famous.load("tiny") is not None


def test_without_a_network_one_sentence(served, monkeypatch):
    served(Tiny().state_dict())
    nowhere = replace(famous.FAMOUS["tiny"], url="http://127.0.0.1:9/tiny-00000000.pth")
    monkeypatch.setattr(famous, "FAMOUS", {"tiny": nowhere})
    with pytest.raises(ValueError, match="no way to the network") as fault:
        list(famous.fetch("tiny"))
    assert is_one_sentence(str(fault.value))
    assert not left_behind()


class Hostile:
    """What a pickle would run when it is opened."""

    def __reduce__(self):
        return (Path.touch, (Path("hostile"),))


def test_a_pickle_is_never_run(served, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    served({"conv.weight": Hostile()})
    list(famous.fetch("tiny"))
    with pytest.raises(ValueError, match="could not be read"):
        famous.load("tiny")
    assert not (tmp_path / "hostile").exists()


def test_every_entry_is_pinned():
    for name, entry in famous.FAMOUS.items():
        assert entry.url.startswith("https://")
        assert len(entry.digest) == 8
        assert famous.file_of(name).suffix == ".pth"
        assert entry.title.isascii()
    with pytest.raises(ValueError, match="no famous network"):
        famous.present("lenin")
