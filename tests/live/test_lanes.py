"""Lanes: fair turns, counted, and a hand that never waits for training."""

import asyncio
import threading

import pytest

from labs.live.lanes import ROUND, SHORTEST, SLICE, Lanes, free


def played(play) -> None:
    """Run play(lanes) to its end and let the threads go."""

    async def run() -> None:
        lanes = Lanes()
        try:
            await asyncio.wait_for(play(lanes), 60)
        finally:
            lanes.close()

    asyncio.run(run())


@pytest.mark.parametrize("slow", [False, True])
def test_ten_trainers_take_turns(slow):
    order: list[int] = []

    async def play(lanes: Lanes) -> None:
        async def trainer(i: int) -> None:
            turn = asyncio.Lock()
            for _ in range(8):
                await lanes.steps(lambda _: order.append(i), slow=slow, turns=free([turn]))
                await asyncio.sleep(0)

        await asyncio.gather(*(trainer(i) for i in range(10)))

    played(play)
    assert len(order) == 80
    for round_ in range(0, 80, 10):
        assert sorted(order[round_ : round_ + 10]) == list(range(10))


def test_training_is_done_by_one_thread_at_a_time():
    busy, most = 0, 0
    guard = threading.Lock()

    def work(_: float) -> None:
        nonlocal busy, most
        with guard:
            busy += 1
            most = max(most, busy)
        threading.Event().wait(0.002)
        with guard:
            busy -= 1

    async def play(lanes: Lanes) -> None:
        jobs = (lanes.steps(work, slow=False, turns=free([asyncio.Lock()])) for _ in range(20))
        await asyncio.gather(*jobs)

    played(play)
    assert most == 1


def test_a_hand_does_not_wait_for_others_training():
    """While a training slice and a slow step are stuck, a hand's job is done all the same."""
    stuck = threading.Event()

    async def play(lanes: Lanes) -> None:
        blocked = [
            asyncio.create_task(
                lanes.steps(lambda _: stuck.wait(30), slow=slow, turns=free([asyncio.Lock()]))
            )
            for slow in (False, False, False, True, True)
        ]
        await asyncio.sleep(0)
        try:
            assert [await lanes.hand(lambda i=i: i) for i in range(5)] == [0, 1, 2, 3, 4]
            assert not any(task.done() for task in blocked)
        finally:
            stuck.set()
        await asyncio.gather(*blocked)

    played(play)


def test_a_hand_waits_for_one_slice_of_its_own_training_at_most():
    order: list[str] = []
    begun, go = threading.Event(), threading.Event()

    def slice_(_: float) -> None:
        begun.set()
        go.wait(30)
        order.append("slice")

    async def play(lanes: Lanes) -> None:
        turn = asyncio.Lock()

        async def train() -> None:
            for _ in range(5):
                await lanes.steps(slice_, slow=False, turns=free([turn]))
                await asyncio.sleep(0)

        async def hand() -> None:
            async with turn:
                await lanes.hand(lambda: order.append("hand"))

        training = asyncio.create_task(train())
        await asyncio.to_thread(begun.wait, 30)
        asking = asyncio.create_task(hand())
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(training, asking)

    played(play)
    assert order == ["slice", "hand", "slice", "slice", "slice", "slice"]


@pytest.mark.parametrize("slow", [False, True])
def test_training_waits_for_no_hand_whose_work_is_long(slow):
    """The lane goes on with the next in line, and the one passed over can line up again."""

    async def play(lanes: Lanes) -> None:
        busy, other = asyncio.Lock(), asyncio.Lock()
        async with busy:
            assert await lanes.steps(lambda _: "done", slow=slow, turns=free([busy])) is None
            assert await lanes.steps(lambda _: "done", slow=slow, turns=free([other])) == "done"
            async with free([busy, other]) as held:
                assert held == {other}
        assert not other.locked()
        assert await lanes.steps(lambda _: "done", slow=slow, turns=free([busy])) == "done"

    played(play)


def test_slow_steps_do_not_hold_up_training():
    stuck = threading.Event()

    async def play(lanes: Lanes) -> None:
        slow = asyncio.create_task(
            lanes.steps(lambda _: stuck.wait(30), slow=True, turns=free([asyncio.Lock()]))
        )
        await asyncio.sleep(0)
        assert (
            await lanes.steps(lambda _: "done", slow=False, turns=free([asyncio.Lock()])) == "done"
        )
        assert not slow.done()
        stuck.set()
        await slow

    played(play)


@pytest.mark.parametrize("visitors", [1, 30, 400])
def test_the_budget_shrinks_with_the_queue(visitors):
    budgets: list[float] = []

    async def play(lanes: Lanes) -> None:
        jobs = (
            lanes.steps(budgets.append, slow=False, turns=free([asyncio.Lock()]))
            for _ in range(visitors)
        )
        await asyncio.gather(*jobs)

    played(play)
    waiting = [1, *range(visitors - 1, 0, -1)]  # the first came alone
    fair = [max(SHORTEST, min(SLICE, ROUND / n)) for n in waiting]
    assert budgets == pytest.approx(fair)


def test_an_error_and_a_cancelled_job_free_the_lane():
    def broken(_: float) -> None:
        raise KeyError("a bug")

    async def play(lanes: Lanes) -> None:
        turn = asyncio.Lock()
        with pytest.raises(KeyError):
            await lanes.steps(broken, slow=False, turns=free([turn]))
        async with turn:
            waiting = asyncio.create_task(lanes.steps(broken, slow=False, turns=free([turn])))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        budget = await lanes.steps(lambda budget: budget, slow=False, turns=free([turn]))
        assert budget == SLICE  # nobody is counted as waiting any more

    played(play)
