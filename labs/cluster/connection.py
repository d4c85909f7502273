"""The connection to a scheduler of Dask's: the one that is named, or one that is started here."""

import contextlib
import logging
import os
import time
from collections.abc import Callable
from typing import Any

SETTING = "GLASSBOX_DASK"
PATIENCE = 30.0  # seconds that a scheduler may be away
NICE = 10  # how far workers stand back behind whoever draws


class Connection:
    """A way to workers, which is opened, may break, and can be opened again."""

    def __init__(self, count: int) -> None:
        """count: of the workers that are started where no scheduler is named."""
        self.count = count
        self._client: Any = None
        self._local: Any = None

    @property
    def there(self) -> bool:
        """Whether it is open, or was until it broke."""
        return self._client is not None

    @property
    def holds(self) -> bool:
        """Whether it is open."""
        return self._client is not None and self._client.status == "running"

    def open(self) -> None:
        """Find the scheduler that is named, or start one here.  Raises OSError for none."""
        from distributed import Client, LocalCluster

        address = os.environ.get(SETTING)
        end = time.monotonic() + PATIENCE
        while address and self._client is None:
            try:
                self._client = Client(address, timeout=5, set_as_default=False)
            except OSError:
                if time.monotonic() > end:
                    raise
        if not address:
            self._local = LocalCluster(
                n_workers=self.count, threads_per_worker=1, processes=True, memory_limit=0,
                dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=logging.CRITICAL,
            )  # fmt: skip
            self._client = Client(self._local, set_as_default=False)
            self._client.register_plugin(_humble())
            self._client.wait_for_workers(1, timeout=PATIENCE)

    def workers(self, known: set[str]) -> set[str]:
        """Return the addresses of who is there, or `known` where the scheduler does not answer."""
        with contextlib.suppress(OSError):  # it broke
            # scheduler_info's answer can be the one of the client's timer, which leaves workers out
            return set(self._client.nthreads())
        return known

    def send(self, name: str, function: Callable[..., Any], *args: Any) -> Any:
        """Return Dask's future of a call."""
        return self._client.submit(function, *args, key=name, pure=False)

    def close(self) -> None:
        """Leave the scheduler, and end the one that was started here."""
        client, local, self._client, self._local = self._client, self._local, None, None
        for one in (client, local):
            if one is not None:
                with contextlib.suppress(Exception):  # it may be gone already
                    one.close(timeout=5)


def _humble() -> Any:
    """Return a plugin by which workers, also those that are started anew, stand back."""
    from distributed import WorkerPlugin

    class Humble(WorkerPlugin):
        name = "humble"

        def setup(self, worker: Any) -> None:
            os.nice(NICE)

    return Humble()
