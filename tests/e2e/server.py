"""A real server in a process of its own, which can be killed and started again."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 60.0  # seconds to wait for a server


class Server:
    """`streamlit run app.py` on a free port; with `asgi`, uvicorn serving that app instead.

    module: what stands for streamlit on the command line.
    """

    def __init__(
        self, *options: str, base: str = "", asgi: str = "", module: str = "streamlit"
    ) -> None:
        self.port = free_port()
        self.base = f"/{base.strip('/')}" if base else ""
        self.url = f"http://127.0.0.1:{self.port}{self.base}"
        self.folder = tempfile.TemporaryDirectory(prefix="glassbox-")
        self.log = Path(self.folder.name) / "server.log"
        if asgi:
            self.command = ["uvicorn", asgi, "--port", str(self.port), *options]
        else:
            more = ["--server.baseUrlPath", self.base] if base else []
            self.command = [module, "run", "app.py", "--server.port", str(self.port),
                            "--server.headless", "true", *more, *options]  # fmt: skip
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Server":
        try:
            self.start()
        except BaseException:  # also Ctrl-C: nobody leaves what was not entered
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.folder.cleanup()

    def start(self) -> None:
        """Start it and wait until it says that it is healthy."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.command],
                cwd=ROOT, stdout=log, stderr=log, env=os.environ | {"PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        end = time.monotonic() + LIMIT
        while not self._healthy():
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def restart(self) -> None:
        """Kill it and start a new one on the same port."""
        self.kill()
        self.start()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
