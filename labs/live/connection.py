"""A connection: one WebSocket between a stage and its experiment.

Two loops serve it.  `_answer` applies the browser's events and answers its pulls; `_play` steps
the experiment while it plays and somebody looks.  Both take the session's turn, so that the
experiment is never in two hands.
"""

import asyncio
import json
import logging
import time
from functools import partial

from starlette.websockets import WebSocket, WebSocketDisconnect

from labs.live import messages
from labs.live.frame import encode
from labs.live.lanes import Lanes
from labs.live.messages import Message
from labs.live.session import Session

LOG = logging.getLogger(__name__)
UNSEEN = 1.0  # seconds without a pull after which playing rests: a hidden tab costs nothing
INBOX = 256  # events a browser may be ahead of the server
SHARE = 0.007  # seconds between two frames of a net in training, for every net that trains


class Connection:
    """One browser at one session."""

    def __init__(
        self,
        websocket: WebSocket,
        session: Session,
        lanes: Lanes,
        turn: asyncio.Lock,
        desk: asyncio.Lock,
    ) -> None:
        self.websocket = websocket
        self.session = session
        self.lanes = lanes
        self.turn = turn
        self.desk = desk
        self.inbox: list[dict] = []
        self.seq = 0  # of the last events that were taken in
        self.seen: int | None = None  # the version of the outstanding pull; None: no pull
        self.pulled = time.monotonic()
        self.wake = asyncio.Event()
        self.play = asyncio.Event()
        self.trouble = ""  # what went wrong in a step, to be told
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
        while True:
            raw = await self.websocket.receive()
            if raw["type"] == "websocket.disconnect":
                return
            try:
                self._take(messages.parse(raw.get("text")))
            except ValueError as fault:
                await self._complain(str(fault))

    def _take(self, message: Message) -> None:
        if message.pull is not None:
            self.seen = message.pull
            self.pulled = time.monotonic()
        if len(self.inbox) + len(message.events) > INBOX:
            raise ValueError("The browser is too far ahead of the server; some events were left.")
        self.inbox.extend(message.events)
        self.seq = max(self.seq, message.seq)
        if message.transport is not None:
            self._drive(message.transport)
        self.wake.set()
        if self.session.playing:
            self.play.set()

    def _drive(self, transport: dict) -> None:
        session = self.session
        if "speed" in transport:
            session.speed = transport["speed"]
        if "until" in transport:
            session.until = transport["until"]
        if transport.get("step"):
            session.playing = session.single = True
        elif "playing" in transport:
            session.playing, session.single = transport["playing"], False
            if session.until is not None and session.until <= session.steps:
                session.until = None  # pressed play again where it had stopped
        session.touch()

    async def _answer(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            if not self.inbox and (not self._due() or self._waits()):
                continue
            async with self.turn:
                faults, data = await self._served()
            for fault in faults:
                await self._complain(fault)
            if data is not None:
                self.sent = time.monotonic()
                await self.websocket.send_bytes(data)
            if self.session.playing:
                self.play.set()  # an eager experiment may have begun something

    async def _served(self) -> tuple[list[str], bytes | None]:
        """Work for a quick experiment here, for others in a lane.

        At the desk one browser is served after the other.  Between two of them messages are read,
        so that a frame shows what its hand did while it waited.
        """
        if getattr(self.session.experiment, "quick", False):
            async with self.desk:
                if self.session.lock.acquire(blocking=False):  # a page may be reading
                    try:
                        return self._work(self._taken(), self.seq)
                    finally:
                        self.session.lock.release()
                        await asyncio.sleep(0)
        return await self.lanes.hand(partial(self._work, self._taken(), self.seq))

    def _taken(self) -> list[dict]:
        events, self.inbox = self.inbox, []
        return events

    def _waits(self) -> bool:
        """Whether the next frame leaves its time to those who train; it is then made later."""
        if not self.session.playing:
            return False
        rest = self.sent + self.lanes.crowd * SHARE - time.monotonic()
        if rest > 0 and self.later is None:
            self.later = asyncio.get_running_loop().call_later(rest, self._wake)
        return rest > 0

    def _wake(self) -> None:
        self.later = None
        self.wake.set()

    def _due(self) -> bool:
        return self.seen is not None and self.session.version > self.seen

    def _work(self, events: list[dict], seq: int) -> tuple[list[str], bytes | None]:
        """Take the events in, and make the frame if one is asked for."""
        session, faults = self.session, []
        with session.lock:
            experiment = session.experiment
            if experiment is None:
                return ["This session is over; reload the page."], None
            for event in events:
                try:
                    experiment.receive(event)
                except ValueError as fault:
                    faults.append(str(fault))
                except Exception:
                    LOG.exception("an experiment failed on an event")
                    faults.append("The experiment could not use that; it goes on as it was.")
            if events:
                session.steps = getattr(experiment, "steps", session.steps)
                session.playing = session.playing or getattr(experiment, "eager", False)
                session.touch()  # other tabs of this session see it too
            if not self._due():
                return faults, None
            version = session.version
            try:
                frame = experiment.frame()
            except Exception:
                LOG.exception("an experiment failed to draw a frame")
                self.seen = version  # the pull stands: the next change is drawn again
                return [*faults, "The experiment could not draw this; change a setting."], None
            self.seen = None
            data = encode(
                frame, version=version, ack=seq, steps=session.steps, playing=session.playing
            )
        return faults, data

    async def _play(self) -> None:
        while True:
            await self.play.wait()
            looking = self.seen is not None or time.monotonic() - self.pulled < UNSEEN
            if not (self.session.playing and looking):
                self.play.clear()
                continue
            began = time.monotonic()
            slow = getattr(self.session.experiment, "slow", False)
            await self.lanes.steps(self._steps, slow=slow, turn=self.turn)
            self.session.touch()
            if self.trouble:
                sentence, self.trouble = self.trouble, ""
                await self._complain(sentence)
            if self.session.speed is not None:
                await asyncio.sleep(max(0.0, began + 1 / self.session.speed - time.monotonic()))
            else:
                await asyncio.sleep(0)

    def _steps(self, budget: float) -> None:
        """In a worker thread: step for `budget` seconds, or once at a set speed."""
        session = self.session
        end = time.perf_counter() + budget
        with session.lock:
            while session.playing and session.experiment is not None:
                until = session.until  # the event loop may change it at any time
                if until is not None and session.steps >= until and not session.single:
                    session.playing = False
                    break
                try:
                    more = session.experiment.step()
                except Exception:
                    LOG.exception("an experiment failed in a step")
                    self.trouble = "The experiment failed in a step and was paused."
                    more = False
                session.steps += 1
                if not more or session.steps == until or session.single:
                    session.playing = session.single = False
                if session.speed is not None or time.perf_counter() >= end:
                    break

    async def _complain(self, sentence: str) -> None:
        await self.websocket.send_text(json.dumps({"error": sentence[:500]}))
