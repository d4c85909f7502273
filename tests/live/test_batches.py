"""The batcher: those alike step as one, everybody else alone, and nobody waits for a stranger."""

import asyncio
import threading

import pytest

from labs.live import Session
from labs.live.batches import StepBatcher
from labs.live.lanes import Lanes
from tests.live.conftest import Counter


class Alike(Counter):
    """A counter that notes with how many it stepped; those of one `alike` step as one."""

    def __init__(self, alike: object, last: int | None = None) -> None:
        super().__init__(last)
        self.alike = alike
        self.company: list[int] = []
        self.fails = False

    def step(self) -> bool:
        self.company.append(1)
        if self.fails:
            raise KeyError("a bug")
        return super().step()

    @staticmethod
    def step_all(several: "list[Alike]") -> list[bool]:
        if any(one.fails for one in several):
            raise KeyError("a bug")
        for one in several:
            one.company.append(len(several))
        return [Counter.step(one) for one in several]


def playing(one: Alike, **how) -> Session:
    session = Session(one)
    session.playing = True
    for name, value in how.items():
        setattr(session, name, value)
    return session


def lesson(*sessions: Session, slices: int = 1, meanwhile=None) -> list[list[str]]:
    """Let all train for some slices at once; return what each was told after each."""

    async def run() -> list[list[str]]:
        lanes = Lanes()
        batcher = StepBatcher(lanes)
        turns = {session: asyncio.Lock() for session in sessions}

        async def attend(session: Session) -> list[str]:
            return [await batcher.train(session, turns[session]) for _ in range(slices)]

        try:
            tasks = [asyncio.create_task(attend(session)) for session in sessions]
            if meanwhile is not None:
                await meanwhile(tasks)
            told = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 60)
            assert batcher.size == 0
            assert not batcher._batches
            return told
        finally:
            lanes.close()

    return asyncio.run(run())


def test_those_alike_step_as_one_and_others_alone():
    same = [Alike("a") for _ in range(3)]
    other, single = Alike("b"), Alike(None)
    lesson(*(playing(one, speed=1000) for one in (*same, other, single)))
    assert [one.company for one in same] == [[3]] * 3
    assert other.company == single.company == [1]


def test_each_rests_where_it_should():
    several = [Alike("a"), Alike("a", last=4), Alike("a"), Alike("a")]
    sessions = [playing(one) for one in several]
    sessions[0].until, sessions[2].opening, sessions[3].single = 2, 3, True
    lesson(*sessions)
    assert [one.steps for one in several] == [2, 4, 3, 1]
    assert [session.steps for session in sessions] == [2, 4, 3, 1]
    assert not any(session.playing for session in sessions)


def test_a_class_that_answers_for_too_few_is_stepped_one_by_one(monkeypatch):
    monkeypatch.setattr(Alike, "step_all", staticmethod(lambda several: [True]))
    several = [Alike("a") for _ in range(3)]
    assert lesson(*(playing(one, speed=1000) for one in several)) == [[""]] * 3
    assert [one.company for one in several] == [[1]] * 3


def test_steps_are_counted_by_those_who_count_themselves(monkeypatch):
    monkeypatch.setattr(Alike, "step", lambda one: not one.company.append(1))  # counts none
    one = Alike(None)
    one.steps = 300
    session = playing(one)
    lesson(session)
    assert one.company
    assert session.steps == 300


def test_who_fails_is_told_and_the_others_go_on():
    several = [Alike("a") for _ in range(3)]
    several[1].fails = True
    sessions = [playing(one, speed=1000) for one in several]
    told = lesson(*sessions, slices=2)
    assert told[0] == told[2] == ["", ""]
    assert told[1] == ["The experiment failed in a step and was paused.", ""]
    assert [session.playing for session in sessions] == [True, False, True]
    assert several[0].company == [1, 2]  # in the second slice without the one that failed


def test_one_who_has_changed_while_waiting_stays_out():
    first, second, changed = several = [Alike("a") for _ in range(3)]

    async def change(_: object) -> None:
        await asyncio.sleep(0)  # all are in line
        changed.alike = "b"

    lesson(*(playing(one, speed=1000) for one in several), meanwhile=change)
    assert first.company == second.company == [2]
    assert changed.company == []


@pytest.mark.parametrize("alike", ["a", None])
def test_a_page_that_reads_one_session_holds_up_no_other(alike):
    several = [Alike(alike) for _ in range(3)]
    sessions = [playing(one, speed=1000) for one in several]
    reading, done = threading.Event(), threading.Event()

    def read() -> None:
        with sessions[1].lock:
            reading.set()
            done.wait(30)

    page = threading.Thread(target=read)
    page.start()
    reading.wait(30)
    try:
        faults = lesson(*sessions)
    finally:
        done.set()
        page.join()
    together = [2] if alike else [1]
    assert [one.company for one in several] == [together, [], together]
    assert faults == [[""], [None], [""]]  # the one passed over knows it, and tries again


@pytest.mark.parametrize("alike", ["a", None])
def test_a_hand_whose_work_is_long_holds_up_no_other(alike):
    several = [Alike(alike) for _ in range(3)]
    busy = asyncio.Lock()

    async def run() -> list[str | None]:
        lanes = Lanes()
        batcher = StepBatcher(lanes)
        turns = [asyncio.Lock(), busy, asyncio.Lock()]
        async with busy:
            sessions = [playing(one, speed=1000) for one in several]
            jobs = map(batcher.train, sessions, turns)
            faults = await asyncio.wait_for(asyncio.gather(*jobs), 30)
        lanes.close()
        return faults

    assert asyncio.run(run()) == ["", None, ""]
    assert [len(one.company) for one in several] == [1, 0, 1]


def test_two_tabs_of_one_session_step_once():
    one = Alike("a")
    session = playing(one, speed=1000)
    turn = asyncio.Lock()

    async def run() -> None:
        lanes = Lanes()
        batcher = StepBatcher(lanes)
        await asyncio.gather(batcher.train(session, turn), batcher.train(session, turn))
        lanes.close()

    asyncio.run(run())
    assert one.company == [1]


@pytest.mark.parametrize("leaves", [0, 1, 2])
def test_one_who_leaves_while_waiting_takes_nobody_along(leaves):
    several = [Alike("a") for _ in range(3)]

    async def leave(tasks: list[asyncio.Task]) -> None:
        await asyncio.sleep(0)
        tasks[leaves].cancel()

    lesson(*(playing(one, speed=1000) for one in several), meanwhile=leave)
    assert [one.company for one in several] == [[] if k == leaves else [2] for k in range(3)]
