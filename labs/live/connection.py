"""A connection: one WebSocket between a stage and its experiment.

Two loops serve it.  `_answer` applies the browser's events and answers its pulls; `_play` steps
the experiment while it plays and somebody looks.  Both take the session's turn, so that the
experiment is never in two hands.
"""

import asyncio
import json
import logging
import math
import time
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.websockets import WebSocket, WebSocketDisconnect

from labs.live import messages
from labs.live.answer import Answer, answer
from labs.live.batches import StepBatcher
from labs.live.experiment import Event
from labs.live.inbox import Inbox
from labs.live.messages import Message
from labs.live.pace import Pace, work
from labs.live.session import Session
from labs.live.transport import FAILED, drive

Lane = Callable[[Callable[[], Answer | None]], Awaitable[Answer | None]]

LOG = logging.getLogger(__name__)
UNSEEN = 1.0  # seconds without a pull after which playing rests: a hidden tab costs nothing
INBOX = 256  # events a browser may be ahead of the server
BRIEF = 0.025  # seconds of work that a quick experiment may do in the event loop at once
AGAIN = 0.010  # seconds until an experiment that a page reads is tried again
POINTS = 64  # points and values that it may take in there
SHARE = 0.005  # seconds between two frames of a net in training, for every net that trains


class Connection:
    """One browser at one session."""

    def __init__(
        self,
        websocket: WebSocket,
        session: Session,
        batcher: StepBatcher,
        turn: asyncio.Lock,
        inline_lock: asyncio.Lock,
    ) -> None:
        self.websocket = websocket
        self.session = session
        self.batcher = batcher
        self.lanes = batcher.lanes
        self.turn = turn
        self.inline_lock = inline_lock
        self.inbox = Inbox()
        self.seq = 0  # of the last events that were taken in
        self.seen: int | None = None  # the version of the outstanding pull; None: no pull
        self.pulled = time.monotonic()
        self.wake = asyncio.Event()
        self.play = asyncio.Event()
        self.sent = 0.0  # when the last frame was made
        self.later: asyncio.TimerHandle | None = None  # what wakes for a frame that has to wait

    async def serve(self) -> None:
        """Run the loops until the browser leaves or one of them fails."""
        loop = asyncio.get_running_loop()
        unlisten = self.session.listen(lambda: loop.call_soon_threadsafe(self.wake.set))
        tasks = [asyncio.create_task(job()) for job in (self._read, self._answer, self._play)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except (WebSocketDisconnect, RuntimeError):
            LOG.debug("a browser left")  # RuntimeError: it left while a frame was being sent
        finally:
            unlisten()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self) -> None:
        pace = Pace()
        while True:
            raw = await self.websocket.receive()
            if raw["type"] == "websocket.disconnect":
                return
            cost = len(raw.get("text") or raw.get("bytes") or "")
            try:
                message = messages.parse(raw.get("text"))
                cost = work(cost, message.events)
                self._take(message)
            except ValueError as fault:
                await self._complain(str(fault))
            if rest := pace.wait(cost):
                await asyncio.sleep(rest)

    def _take(self, message: Message) -> None:
        if message.pull is not None:
            self.seen = message.pull
            self.pulled = time.monotonic()
            if message.pull > 0:  # a browser asks on when the last frame is on its screen
                self.session.painted.set()
        if len(self.inbox) + len(message.events) > INBOX:
            raise ValueError("The browser is too far ahead of the server; some events were left.")
        for event in message.events:
            self.inbox.add(event)
        self.seq = max(self.seq, message.seq)
        if message.transport is not None:
            drive(self.session, message.transport)
        self.wake.set()
        if self.session.playing:
            self.play.set()

    async def _answer(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            if not self.inbox and (not self._due() or self._waits()):
                continue
            try:
                async with self.turn:
                    reply = await self._served()
            except Exception:  # of a flag of the experiment: its verbs' faults are worded there
                LOG.exception("an experiment failed beside its verbs")
                fault = "The experiment could not answer; change a setting."
                reply = Answer([fault], ack=self.seq)
            if reply is None:
                await asyncio.sleep(AGAIN)
                self.wake.set()
                continue
            for fault in dict.fromkeys(reply.faults):  # of 64 points beyond the last, one sentence
                await self._complain(fault, reply.ack)
            if reply.frame is not None:
                self.sent = time.monotonic()
                await self.websocket.send_bytes(reply.frame)
            if self.session.playing:
                self.play.set()  # an eager experiment may have begun something

    async def _served(self) -> Answer | None:
        """Work for a quick experiment here; for others in the lane of hands, or of training.  None
        while a page reads the experiment: no thread that serves others too waits for it.

        Here one browser is served after the other.  Between two of them messages are read, so that
        a frame shows what its hand did while it waited.
        """
        if self._brief():
            async with self.inline_lock:
                if self._brief():  # more may have come meanwhile
                    try:
                        return await self._with_inbox(self._here)
                    finally:
                        await asyncio.sleep(0)
        slow = not self.session.released and self.session.experiment.slow
        hand = self.inbox or slow or not self.session.playing
        return await self._with_inbox(self.lanes.hand if hand else self.lanes.show)

    async def _here(self, work: Callable[[], Answer | None]) -> Answer | None:
        return work()

    def _brief(self) -> bool:
        """Whether an answer holds up nobody here, where everybody waits: the experiment says that
        it is quick, its last frame was, and what waits is a few points or values.
        """
        quick = not self.session.released and self.session.experiment.quick
        return quick and self.session.cost <= BRIEF and self.inbox.weight <= POINTS

    async def _with_inbox(self, lane: Lane) -> Answer | None:
        """Answer what waits, in a lane; the inbox is emptied here, in the loop that fills it."""
        known, events = self.inbox.weight < math.inf, self.inbox.empty()
        reply = await lane(partial(self._work, events, self.seq, known))
        if reply is None:
            self.inbox.put_back(events)
        return reply

    def _work(self, events: list[Event], seq: int, known: bool) -> Answer | None:
        """Return the answer to events, and note what such an answer costs; None if a page has the
        experiment now.
        """
        if not self.session.lock.acquire(blocking=False):
            return None
        try:
            began = time.thread_time()  # of this thread's own work: waiting for others is no cost
            made = answer(self.session, events, seq=seq, seen=self.seen)
            if made.frame is not None:
                self.session.cost = time.thread_time() - began
            elif not known:
                self.session.cost = math.inf  # the next frame may be of another kind
            if made.frame is not None or made.failed is not None:
                self.seen = made.failed  # where a frame failed the pull stands, for the next change
            return made
        finally:
            self.session.lock.release()

    def _waits(self) -> bool:
        """Whether the next frame leaves its time to those who train; it is then made later."""
        if not self.session.playing:
            return False
        rest = self.sent + self.batcher.size * SHARE - time.monotonic()
        if rest > 0 and self.later is None:
            self.later = asyncio.get_running_loop().call_later(rest, self._wake)
        return rest > 0

    def _wake(self) -> None:
        self.later = None
        self.wake.set()

    def _due(self) -> bool:
        return self.seen is not None and self.session.version > self.seen

    async def _play(self) -> None:
        while True:
            await self.play.wait()
            looking = self.seen is not None or time.monotonic() - self.pulled < UNSEEN
            if not (self.session.playing and looking):
                self.play.clear()
                continue
            began = time.monotonic()
            try:
                trouble = await self.batcher.train(self.session, self.turn)
            except Exception:
                LOG.exception("an experiment failed beside its steps")
                self.session.playing, trouble = False, FAILED
            if trouble is None:  # a page or a hand is at the experiment; others train meanwhile
                async with self.turn:
                    pass
                await asyncio.sleep(AGAIN)
                continue
            self.session.touch()
            if trouble:
                await self._complain(trouble)
            if self.session.speed is not None:
                await asyncio.sleep(max(0.0, began + 1 / self.session.speed - time.monotonic()))
            else:
                await asyncio.sleep(0)

    async def _complain(self, sentence: str, ack: int = 0) -> None:
        await self.websocket.send_text(json.dumps({"error": sentence[:500], "ack": ack}))
