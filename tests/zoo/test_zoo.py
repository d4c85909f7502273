"""The zoo: what is shipped is what was measured."""

import hashlib
from concurrent.futures import Future
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from labs import zoo
from labs.data.shuffle import order
from labs.zoo import __main__ as command
from labs.zoo.train.digits import accuracy, load_digits
from labs.zoo.train.recipes import RECIPES

ALL = list(zoo.manifest())
NAMES = [name for name in ALL if "package" not in zoo.manifest()[name]]  # trained here
READERS = ("LeNet5", "TwoLayers", "SoftmaxRegression")
DIGITS = [name for name in NAMES if zoo.manifest()[name]["architecture"] in READERS]
DATA = Path(__file__).parents[3] / "shared" / "data"
MEGABYTE = 1_000_000


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_complete_and_its_file_is_the_one_measured(name):
    entry = zoo.manifest()[name]
    told = {"file", "sha256", "architecture", "data", "seed", "command", "date", "metrics"}
    assert told <= entry.keys()
    assert f"train {name} " in entry["command"]
    assert all(value >= 0 for value in entry["metrics"].values())
    assert all(value <= 1 for key, value in entry["metrics"].items() if "accuracy" in key)
    file = zoo.WEIGHTS / entry["file"]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]
    assert file.stat().st_size <= 6 * MEGABYTE
    assert all(w.isfinite().all() for w in load_file(file).values())


def test_the_zoo_is_small_and_holds_nothing_else():
    files = {file for file in zoo.WEIGHTS.iterdir() if file.is_file()}
    assert sum(file.stat().st_size for file in files) <= 44 * MEGABYTE
    assert {file.name for file in files} == {zoo.manifest()[name]["file"] for name in NAMES}


@pytest.mark.parametrize("name", ALL)
def test_loaded_networks_are_frozen_and_shared(name):
    model = zoo.load(name)
    assert zoo.load(name) is model
    assert not any(module.training for module in model.modules())
    assert not any(p.requires_grad for p in model.parameters())
    assert all(p.dtype == torch.float32 for p in model.parameters())
    if "parameters" in (entry := zoo.manifest()[name]):
        assert sum(p.numel() for p in model.parameters()) == entry["parameters"]


@pytest.mark.parametrize("name", DIGITS)
def test_readers_of_digits_take_pixels_and_give_logits(name, rng):
    x = torch.rand(3, 1, 28, 28, generator=rng)
    logits = zoo.load(name)(x)
    assert logits.shape == (3, 10)
    assert not logits.requires_grad
    torch.testing.assert_close(zoo.load(name)(x[1:2]), logits[1:2], atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("name", ["", "lenet", "../lenet-mnist", "LENET-MNIST", None, 3])
def test_an_unknown_name_is_answered_with_the_known_ones(name):
    with pytest.raises(ValueError, match="lenet-mnist"):
        zoo.load(name)


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "other"])
def test_a_damaged_file_is_refused(harm, tmp_path, monkeypatch):
    entry = zoo.manifest()["lenet-mnist"]
    data = bytearray((zoo.WEIGHTS / entry["file"]).read_bytes())
    other = (zoo.WEIGHTS / zoo.manifest()["lenet-mnist-plain"]["file"]).read_bytes()
    data[len(data) // 2] ^= 1
    bad = {"flip": data, "cut": data[:-1], "empty": b"", "other": other}[harm]
    (tmp_path / entry["file"]).write_bytes(bad)
    monkeypatch.setattr(zoo, "WEIGHTS", tmp_path)
    with pytest.raises(ValueError, match=r"lenet-mnist.*damaged"):
        zoo.load.__wrapped__("lenet-mnist")  # around the cache


def test_every_entry_has_its_recipe():
    made = {name: (recipe.data, recipe.seed) for name, recipe in RECIPES.items()}
    entries = {name: zoo.manifest()[name] for name in NAMES}
    assert made == {name: (entry["data"], entry["seed"]) for name, entry in entries.items()}


@pytest.fixture(scope="module")
def digits():
    if not (DATA / "mnist.npz").exists():
        pytest.skip("the training data is not beside this checkout")
    return load_digits(DATA)


def measured(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    with torch.no_grad():
        return accuracy(model, x, y)


@pytest.mark.parametrize("name", DIGITS)
def test_accuracy_on_the_whole_test_set_is_the_manifests(name, digits):
    metrics = zoo.manifest()[name]["metrics"]
    for part, x, y in (
        ("test", digits.x_test, digits.y_test),
        ("held_out", digits.x_held, digits.y_held),
    ):
        if name.endswith("shuffled"):
            x = x.flatten(1)[:, order()].view_as(x)
        assert measured(zoo.load(name), x, y) == pytest.approx(
            metrics[f"{part}_accuracy"], abs=2e-4
        )


def test_lenet_is_good_enough():
    assert zoo.manifest()["lenet-mnist"]["metrics"]["test_accuracy"] >= 0.994


def test_structure_is_worth_it():
    """The order that the digit page tells: structure helps, shuffled it does not."""
    test = {name: zoo.manifest()[name]["metrics"]["test_accuracy"] for name in DIGITS}
    assert test["softmax-mnist"] < test["dense-mnist"] < test["lenet-mnist-plain"]
    assert test["lenet-mnist-shuffled"] < test["dense-mnist"]


def test_one_training_that_fails_stops_no_other(monkeypatch, capsys, tmp_path):
    def submit(_, name, data):
        job = Future()
        if name == "bad":
            job.set_exception(FileNotFoundError("no such data"))
        else:
            job.set_result((name.encode(), {"metrics": {}}))
        return job

    kept = []
    monkeypatch.setattr(command, "RECIPES", ("bad", "good", "better"))
    monkeypatch.setattr(command.cluster, "submit", submit)
    monkeypatch.setattr(command, "keep", lambda name, *made: kept.append(name))
    assert command.train_all(tmp_path) == 1
    assert sorted(kept) == ["better", "good"]
    assert "bad is not remade: no such data" in capsys.readouterr().err
