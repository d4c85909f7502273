"""Jobs on the workers: all of them done, none twice, whoever is killed; owners take turns."""

import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from torch import nn

from labs.cluster import Cluster, Jobs
from tests.jobs import slowly, square
from tests.long import takes_long

ROOT = Path(__file__).parents[1]


class Handle:
    """A future of Dask's, whose job is done when the test says so."""

    def __init__(self, function, args):
        self.status, self.call, self.listeners = "pending", (function, args), []

    def add_done_callback(self, listener):
        self.listeners.append(listener)

    def end(self, status="finished"):
        self.status = status
        for listener in self.listeners:
            listener(self)

    def result(self):
        function, args = self.call
        return function(*args)

    def cancel(self):
        self.status = "cancelled"


@pytest.fixture
def stub(monkeypatch):
    """A cluster of one worker that does nothing by itself."""
    cluster = Cluster(1)
    handles = []

    def submit(function, *args, key, pure):
        handles.append(Handle(function, args))
        return handles[-1]

    cluster._connection._client = SimpleNamespace(submit=submit, status="running")
    cluster._known = {"worker"}
    cluster._thread = SimpleNamespace(is_alive=lambda: True)
    return cluster, handles


def test_owners_take_turns(stub):
    cluster, handles = stub
    many = [cluster.submit(square, k, owner="many") for k in range(50)]
    one = cluster.submit(square, 100, owner="one")
    for _ in range(4):
        next(h for h in handles if h.status == "pending").end()
    assert one.result(0) == 10_000
    assert sum(f.done() for f in many) == 3


def test_what_was_lost_is_done_again_and_counts_once(stub):
    cluster, handles = stub
    future = cluster.submit(square, 3)
    handles[0].end("lost")
    assert not future.done()
    handles[1].end()
    handles[0].end()  # late
    assert future.result(0) == 9
    assert len(handles) == 2


def test_a_job_that_always_loses_its_worker_is_given_up(stub):
    cluster, handles = stub
    future = cluster.submit(square, 3)
    while not future.done():
        handles[-1].end("lost")
    with pytest.raises(RuntimeError, match="lost its worker"):
        future.result(0)


def test_what_is_cancelled_is_never_begun(stub):
    cluster, handles = stub
    jobs = Jobs([cluster.submit(square, k) for k in range(20)])
    jobs.cancel()
    assert jobs.done == 20
    assert cluster.submit(square, 5).cancelled() is False
    handles[-1].end()
    assert [h.call[1] for h in handles if h.status == "finished"] == [(5,)]


def test_a_network_is_refused(stub):
    with pytest.raises(TypeError, match="safetensors"):
        stub[0].submit(square, nn.Linear(2, 2))


def test_a_worker_that_imports_the_server_draws_no_page(monkeypatch):
    monkeypatch.setattr("pages.ui.frame.configure", lambda: pytest.fail("a page is drawn"))
    runpy.run_path(str(ROOT / "pages/index.py"), run_name="__mp_main__")


def test_a_worker_is_lost_when_it_is_gone(stub):
    cluster, _ = stub
    there = {"worker": 1, "other": 1}
    client = cluster._connection._client
    client.nthreads = lambda: dict(there)
    client.scheduler_info = lambda n_workers: {"workers": {}}  # as the timer leaves it
    cluster._look()
    assert cluster.status().lost == 0
    del there["other"]
    there["anew"] = 1
    for _ in range(2):
        cluster._look()
    assert (cluster.status().workers, cluster.status().lost) == (2, 1)


@pytest.mark.timeout(300)
def test_a_killed_worker_loses_no_job(monkeypatch):
    monkeypatch.setitem(
        sys.modules, "__main__", ModuleType("__main__")
    )  # not a page of another test
    cluster = Cluster(2)
    jobs = Jobs([cluster.submit(slowly, k) for k in range(24)])
    try:
        found = {}
        for index, (k, process, nice) in jobs.as_completed():
            assert index == k
            assert index not in found
            assert nice >= 10
            if len(found) == 4:
                os.kill(process, signal.SIGKILL)
            found[index] = process
        assert sorted(found) == list(range(24))
        with pytest.raises(TypeError):
            cluster.submit(square, "x").result(60)
    finally:
        cluster.close()


@takes_long
def test_a_scheduler_that_is_started_again_loses_no_job(monkeypatch, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    monkeypatch.setenv("GLASSBOX_DASK", address)
    running: list[subprocess.Popen] = []

    def start() -> None:
        """Start a scheduler and two workers in folders of their own, as on other machines."""
        where = ["--host", "127.0.0.1", "--port", str(port)]
        for i, program in enumerate((["scheduler", *where], *[["worker", address]] * 2)):
            home = tmp_path / f"{len(running)}-{i}"
            home.mkdir()
            command = [sys.executable, "-m", "dask", *program, "--no-dashboard"]
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            running.append(subprocess.Popen(command, cwd=home, env=env))

    def stop() -> None:
        for process in running:
            process.kill()
            process.wait()

    start()
    cluster = Cluster()
    try:
        futures = [cluster.submit(slowly, k) for k in range(40)]
        while sum(future.done() for future in futures) < 12:
            time.sleep(0.02)
        stop()
        start()
        assert sorted(future.result(200)[0] for future in futures) == list(range(40))
        assert cluster.status().restarts == 1
    finally:
        cluster.close()
        stop()
