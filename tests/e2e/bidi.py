"""Firefox over WebDriver BiDi, as far as one tab of it is needed.

https://w3c.github.io/webdriver-bidi/
"""

import itertools
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable
from typing import Any

from websockets.sync.client import connect

SLOW = 60.0  # seconds that a command may take


class Firefox:
    """A Firefox without a window, with one tab.  `faults`: what its console complained of."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.faults: list[str] = []
        self._numbers = itertools.count()

    def __enter__(self) -> "Firefox":
        self.folder = tempfile.TemporaryDirectory(prefix="glassbox-")
        self.process = subprocess.Popen(
            [self.program, "--headless", "--no-remote", "--profile", self.folder.name,
             "--remote-debugging-port", "0", "about:blank"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            self._connect()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.folder.cleanup()

    def _connect(self) -> None:
        for line in self.process.stderr:
            if found := re.search(r"ws://[\d.:]+", line):
                break
        else:
            raise RuntimeError(f"{self.program} ended before it listened")
        self.socket = connect(f"{found[0]}/session", max_size=None, proxy=None)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **parameters: Any) -> dict:
        """Return the answer to a command.  Raises RuntimeError with the browser's words."""
        number = next(self._numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=SLOW))
            if message["type"] == "event":
                self._hear(message["params"])
            elif message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def _hear(self, entry: dict) -> None:
        if entry.get("level") == "error":
            self.faults.append(entry.get("text") or str(entry))

    def open(self, url: str, width: int = 1440, height: int = 1000) -> None:
        """Open a page in the tab."""
        self.call("browsingContext.setViewport", context=self.tab,
                  viewport={"width": width, "height": height})  # fmt: skip
        self.call("browsingContext.navigate", context=self.tab, url=url, wait="interactive")

    def evaluate(self, script: str) -> Any:
        """Return what a JavaScript expression comes to, which JSON can say."""
        answer = self.call(
            "script.evaluate", expression=f"JSON.stringify({script})", awaitPromise=False,
            target={"context": self.tab},
        )  # fmt: skip
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def until(self, script: str, seconds: float = 20.0) -> Any:
        """Return what an expression comes to as soon as it is true; fails after some seconds."""
        end = time.monotonic() + seconds
        while not (value := self.evaluate(script)):
            assert time.monotonic() < end, f"not within {seconds:g} s: {script}"
            time.sleep(0.05)
        return value

    def drag(self, path: Iterable[tuple[float, float]]) -> None:
        """Press the mouse at the first point, move it to the others, a frame each, and let go."""
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 16}
                 for x, y in path]  # fmt: skip
        press = [{"type": "pointerDown", "button": 0}]
        lift = [{"type": "pointerUp", "button": 0}]
        hand = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
                "actions": [moves[0], *press, *moves[1:], *lift]}  # fmt: skip
        self.call("input.performActions", context=self.tab, actions=[hand])
