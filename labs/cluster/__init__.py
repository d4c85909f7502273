"""Heavy jobs on Dask: a local cluster of worker processes, or any scheduler that is named.

    future = submit(function, *args)          # a concurrent.futures.Future
    for result in map(function, items): ...   # in the order of the items

By default a cluster starts at the first job, with as many workers as there are cores and at low
priority, and stops when nothing was asked of it for a while.  GLASSBOX_DASK=tcp://host:8786 names a
scheduler instead, whose workers have this project on their path.  A job is a function of a module
and plain data; weights are bytes in safetensors format.  Dask pickles between this process and its
workers, and a scheduler runs what it is sent: its port is for those who run it.
https://distributed.dask.org
"""

from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from typing import Any

from labs.cluster.turns import Cluster, Jobs, Status

_cluster = Cluster()


def submit(function: Callable[..., Any], *args: Any, owner: str = "") -> Future:
    """Call function(*args) on a worker.  owner: whose it is; owners take turns."""
    return _cluster.submit(function, *args, owner=owner)


def map(function: Callable[..., Any], items: Iterable[Any], *, owner: str = "") -> Jobs:
    """Call function(item) for every item on the workers."""
    return Jobs([_cluster.submit(function, item, owner=owner) for item in items])


def status() -> Status:
    """Return what the cluster is doing."""
    return _cluster.status()


def close() -> None:
    """Stop the cluster now."""
    _cluster.close()


__all__ = ["CancelledError", "Cluster", "Jobs", "Status", "close", "map", "status", "submit"]
