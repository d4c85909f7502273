"""Heavy jobs of labs: what streams in is what the lab makes itself, whoever is killed."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from types import ModuleType

import pytest
import torch

from labs import cluster
from labs.basics.playground import Playground
from labs.basics.playground.grid import SEEDS, packed, row
from labs.basics.search.far import Far
from labs.basics.search.objectives import OBJECTIVES
from labs.basics.search.race import Race
from labs.cluster.stream import EACH, Stream
from labs.pictures import as_bytes
from labs.vision.adversarial.accuracy import share
from labs.vision.adversarial.robustness import Robustness
from labs.vision.dream.nets import network
from labs.vision.dream.neurons import BATCH, tile_steps
from labs.vision.dream.tiles import LayerTiles
from tests.jobs import slowly, square
from tests.long import takes_long


@pytest.fixture
def desk(monkeypatch) -> list[tuple[Future, tuple]]:
    """A cluster of two workers who do nothing: the calls that they have in hand."""
    calls: list[tuple[Future, tuple]] = []

    def submit(function, *args, owner):
        calls.append((Future(), (function, *args)))
        return calls[-1][0]

    monkeypatch.setattr(cluster, "submit", submit)
    monkeypatch.setattr(cluster, "status", lambda: cluster.Status(2, 0, 0, 1, 0))
    return calls


def sent(count: int) -> Stream:
    stream = Stream()
    for k in range(count):
        stream.send(k, square, k)
    return stream


def test_workers_have_few_calls_in_hand_and_every_result_comes_once(desk):
    stream, found = sent(20), []
    for _ in range(20):
        assert len(stream) == 20 - len(found)
        found += stream.come()
        open_calls = [(f, call) for f, call in desk if not f.done()]
        assert len(open_calls) <= 2 * EACH
        for future, (function, x) in open_calls[1:] or open_calls:  # the first is the slowest
            future.set_result(function(x))
    found += stream.come()
    assert sorted(found) == [(k, k * k) for k in range(20)]
    assert "1 worker, whose calls were done again" in stream.told("call")


def test_who_is_not_stepped_asks_for_nothing_and_cancel_ends_all(desk):
    stream = sent(20)
    assert list(stream.come()) == []
    assert len(desk) == 2 * EACH
    stream.cancel()
    assert all(future.cancelled() for future, _ in desk)
    assert list(stream.come()) == []
    assert (len(stream), len(desk)) == (0, 2 * EACH)


@pytest.mark.parametrize("how", ["fault", "stopped"])
def test_where_there_is_no_cluster_the_calls_are_made_here(desk, how):
    stream = sent(6)
    found = list(stream.come())
    for future, _ in desk:
        future.cancel() if how == "stopped" else future.set_exception(RuntimeError("No answer."))
    while stream:
        found += stream.come()
    assert sorted(found) == [(k, k * k) for k in range(6)]
    assert stream.trouble
    assert stream.told("call").endswith("; made in the server instead")


def test_what_a_call_refuses_is_told(desk):
    stream = sent(1)
    list(stream.come())
    desk[0][0].set_exception(ValueError("There are no such digits here."))
    with pytest.raises(ValueError, match="no such digits"):
        list(stream.come())
    assert len(stream) == 0


@pytest.fixture(scope="module")
def workers() -> Iterator[cluster.Cluster]:
    """Two workers, for all labs here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        made = cluster.Cluster(2)
        patch.setattr(cluster, "_cluster", made)
        assert made.submit(square, 3).result(120) == 9
        yield made
        made.close()


def kill_one(workers: cluster.Cluster) -> None:
    """Kill a worker that is at work."""
    (_, process, _) = workers.submit(slowly, 0).result(60)
    os.kill(process, signal.SIGKILL)


def until_done(lab, killed, limit: float = 240) -> None:
    """Step a lab to the end; kill a worker in the middle."""
    end, middle = time.monotonic() + limit, False
    while lab.step():
        assert time.monotonic() < end
        if not middle and killed(lab):
            middle = True
            kill_one(cluster._cluster)
    assert middle


@takes_long
def test_a_table_of_robustness(workers):
    lab = Robustness("Photograph")
    lab.settings["attack"] = "PGD-10"
    before = workers.lost
    until_done(lab, lambda lab: len(lab.shares) == 3)
    assert not lab.calls.trouble
    assert workers.lost > before
    assert list(lab.shares) != []
    assert lab.shares == pytest.approx({cell: share(cell) for cell in lab.table})
    lab.again()
    lab.step()
    assert workers.status().running > 0
    lab.release()
    assert workers.status().running == workers.status().waiting == 0


@takes_long
def test_the_tiles_of_a_layer(workers, monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    monkeypatch.setattr("labs.vision.dream.tiles.STEPS", 8)
    lab = LayerTiles("photo-net", "stage3.0")
    until_done(lab, lambda lab: lab.done >= 2 * BATCH)
    assert not lab.calls.trouble
    every = list(range(lab.count))
    made = [t for t in tile_steps(network("photo-net"), "stage3.0", every, steps=8) if t.done]
    here = as_bytes(torch.cat([t.images for t in made])).int()
    assert (lab.images.int() - here).abs().max() <= 1
    torch.testing.assert_close(lab.values, torch.cat([t.values for t in made]))
    assert LayerTiles("photo-net", "stage3.0").done == lab.count  # kept on disk


@takes_long
def test_a_race_for_settings(workers):
    one, other = (Race(OBJECTIVES["digits"], 2, 1, 3, ("random", "halving")) for _ in "ab")
    while one.step():
        pass
    far = Far(other, "somebody")
    until_done(far, lambda far: far.race.steps > 4)
    assert not far.calls.trouble
    assert other.steps == one.steps
    for name, racer in one.racers.items():
        trials = zip(racer.trials, other.racers[name].trials, strict=True)
        for a, b in trials:
            assert a.losses == pytest.approx(b.losses, rel=1e-4)


@takes_long
def test_the_playgrounds_256_nets(workers, monkeypatch):
    monkeypatch.setattr("labs.basics.playground.grid.EPOCHS", 20)
    lab = Playground()
    lab.receive({"setting": "grid"})
    until_done(lab, lambda lab: (~lab.grid.losses.isnan()).any())
    assert not lab.grid.calls.trouble
    assert not lab.grid.losses.isnan().any()
    setup, points = lab.run.setup, packed(lab.run.train, lab.run.test)
    for k in (0, 9):
        assert lab.grid.losses[k].tolist() == pytest.approx(row(setup, points, SEEDS[k], 20))
    expected = row(setup, points, 10, 20)[11]
    lab.receive({"panel": "grid", "kind": "click", "row": 9, "col": 11})
    assert lab.settings["seed"] == 10
    while lab.steps < 20:
        assert lab.step()
    assert lab.run.history[-1].test == pytest.approx(expected, rel=1e-3)
    lab.receive({"setting": "grid"})
    lab.step()
    assert workers.status().running > 0
    lab.receive({"setting": "back"})
    assert workers.status().running == workers.status().waiting == 0


def test_without_workers_a_layer_climbs_on_here(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    monkeypatch.setattr("labs.vision.dream.tiles.STEPS", 2)
    lab = LayerTiles("photo-net", "stage2.0")
    lab.step()
    assert desk[0][1][3] == list(range(BATCH, 2 * BATCH))
    desk[0][0].set_exception(RuntimeError("The cluster does not answer."))
    count = 1
    while lab.step():
        count += 1
    assert lab.done == lab.count == 56
    assert count == 2 * 4  # batches of two steps each: none was climbed twice
