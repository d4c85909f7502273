"""Sessions live as long as somebody holds them, and nobody can guess them."""

import asyncio
import gc
import threading
import weakref

import pytest

from labs import process
from labs.live import Experiment, find, open_session
from tests.live.conftest import Counter


def test_a_session_is_found_by_its_token_alone():
    one, other = open_session(Counter()), open_session(Counter())
    assert find(one.token) is one
    assert find(other.token) is other
    for token in ("", one.token[:-1], one.token + "x", one.token.swapcase(), one.token[::-1]):
        assert find(token) is None


def test_a_token_is_unguessable():
    tokens = {open_session(Counter()).token for _ in range(500)}
    assert len(tokens) == 500
    assert min(map(len, tokens)) >= 32  # 24 random bytes
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)
    starts = {token[:8] for token in tokens}
    assert len(starts) == 500


def test_a_dropped_session_dies_with_its_experiment():
    session = open_session(Counter())
    token, gone = session.token, weakref.ref(session.experiment)
    assert find(token) is session
    del session
    gc.collect()
    assert gone() is None
    assert find(token) is None


def test_release_lets_go_of_the_experiment_once():
    session = open_session(Counter())
    experiment, gone = session.experiment, weakref.ref(session.experiment)
    session.playing = True
    session.release()
    assert experiment.released
    assert session.released
    assert not session.playing
    assert find(session.token) is None
    session.release()
    del experiment
    gc.collect()
    assert gone() is None


def test_an_experiment_without_release_is_let_go_too():
    session = open_session(Experiment())
    session.release()
    assert session.released


def test_release_waits_for_the_work_in_hand():
    session = open_session(Counter())
    experiment, order = session.experiment, []
    with session.lock:
        thread = threading.Thread(target=lambda: (session.release(), order.append("released")))
        thread.start()
        thread.join(0.05)
        order.append("work done")
        assert session.experiment is experiment
    thread.join()
    assert order == ["work done", "released"]


def test_listeners_hear_every_touch_until_they_leave():
    session, heard = open_session(Counter()), []
    leave = session.listen(lambda: heard.append(session.version))
    assert session.watched
    session.touch()
    session.touch()
    leave()
    leave()
    session.touch()
    assert heard == [2, 3]
    assert not session.watched


@pytest.mark.parametrize("threads", [4])
def test_touches_from_many_threads_all_wake(threads):
    session, heard = open_session(Counter()), []
    session.listen(lambda: heard.append(1))
    workers = [
        threading.Thread(target=lambda: [session.touch() for _ in range(50)])
        for _ in range(threads)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(heard) == 50 * threads


def test_what_visitors_left_behind_is_collected(monkeypatch):
    class Left:
        """Holds itself, as a session does."""

        def __init__(self) -> None:
            self.myself = self

    async def evening() -> bool:
        monkeypatch.setattr(process, "ROUND", 0.0)
        gc.disable()  # no other round
        gone = weakref.ref(Left())
        tidying = asyncio.create_task(process.tidy())
        await asyncio.sleep(0.01)
        tidying.cancel()
        return gone() is None

    try:
        assert asyncio.run(evening())
    finally:
        gc.enable()
