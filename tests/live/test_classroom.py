"""The classroom: those alike step as one, everybody else alone, and nobody waits for a stranger."""

import asyncio
import threading

import pytest

from labs.live import Session
from labs.live.classroom import Classroom
from labs.live.lanes import Lanes
from tests.live.conftest import Counter


class Pupil(Counter):
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
    def step_all(pupils: "list[Pupil]") -> list[bool]:
        if any(pupil.fails for pupil in pupils):
            raise KeyError("a bug")
        for pupil in pupils:
            pupil.company.append(len(pupils))
        return [Counter.step(pupil) for pupil in pupils]


def playing(pupil: Pupil, **how) -> Session:
    session = Session(pupil)
    session.playing = True
    for name, value in how.items():
        setattr(session, name, value)
    return session


def lesson(*sessions: Session, slices: int = 1, meanwhile=None) -> list[list[str]]:
    """Let all train for some slices at once; return what each was told after each."""

    async def run() -> list[list[str]]:
        lanes = Lanes()
        room = Classroom(lanes)
        turns = {session: asyncio.Lock() for session in sessions}

        async def attend(session: Session) -> list[str]:
            return [await room.train(session, turns[session]) for _ in range(slices)]

        try:
            tasks = [asyncio.create_task(attend(session)) for session in sessions]
            if meanwhile is not None:
                await meanwhile(tasks)
            told = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 60)
            assert room.size == 0
            assert not room._groups
            return told
        finally:
            lanes.close()

    return asyncio.run(run())


def test_those_alike_step_as_one_and_others_alone():
    same = [Pupil("a") for _ in range(3)]
    other, single = Pupil("b"), Pupil(None)
    lesson(*(playing(pupil, speed=1000) for pupil in (*same, other, single)))
    assert [pupil.company for pupil in same] == [[3]] * 3
    assert other.company == single.company == [1]


def test_each_rests_where_it_should():
    pupils = [Pupil("a"), Pupil("a", last=4), Pupil("a"), Pupil("a")]
    sessions = [playing(pupil) for pupil in pupils]
    sessions[0].until, sessions[2].opening, sessions[3].single = 2, 3, True
    lesson(*sessions)
    assert [pupil.steps for pupil in pupils] == [2, 4, 3, 1]
    assert [session.steps for session in sessions] == [2, 4, 3, 1]
    assert not any(session.playing for session in sessions)


def test_who_fails_is_told_and_the_others_go_on():
    pupils = [Pupil("a") for _ in range(3)]
    pupils[1].fails = True
    sessions = [playing(pupil, speed=1000) for pupil in pupils]
    told = lesson(*sessions, slices=2)
    assert told[0] == told[2] == ["", ""]
    assert told[1] == ["The experiment failed in a step and was paused.", ""]
    assert [session.playing for session in sessions] == [True, False, True]
    assert pupils[0].company == [1, 2]  # in the second slice without the one that failed


def test_one_who_has_changed_while_waiting_stays_out():
    first, second, changed = pupils = [Pupil("a") for _ in range(3)]

    async def change(_: object) -> None:
        await asyncio.sleep(0)  # all are in line
        changed.alike = "b"

    lesson(*(playing(pupil, speed=1000) for pupil in pupils), meanwhile=change)
    assert first.company == second.company == [2]
    assert changed.company == []


def test_a_page_that_reads_one_session_holds_up_no_other():
    pupils = [Pupil("a") for _ in range(3)]
    sessions = [playing(pupil, speed=1000) for pupil in pupils]
    reading, done = threading.Event(), threading.Event()

    def read() -> None:
        with sessions[1].lock:
            reading.set()
            done.wait(30)

    page = threading.Thread(target=read)
    page.start()
    reading.wait(30)
    lesson(*sessions)
    done.set()
    page.join()
    assert [pupil.company for pupil in pupils] == [[2], [], [2]]


def test_two_tabs_of_one_session_step_once():
    pupil = Pupil("a")
    session = playing(pupil, speed=1000)
    turn = asyncio.Lock()

    async def run() -> None:
        lanes = Lanes()
        room = Classroom(lanes)
        await asyncio.gather(room.train(session, turn), room.train(session, turn))
        lanes.close()

    asyncio.run(run())
    assert pupil.company == [1]


@pytest.mark.parametrize("leaves", [0, 1, 2])
def test_one_who_leaves_while_waiting_takes_nobody_along(leaves):
    pupils = [Pupil("a") for _ in range(3)]

    async def leave(tasks: list[asyncio.Task]) -> None:
        await asyncio.sleep(0)
        tasks[leaves].cancel()

    lesson(*(playing(pupil, speed=1000) for pupil in pupils), meanwhile=leave)
    assert [pupil.company for pupil in pupils] == [[] if k == leaves else [2] for k in range(3)]
