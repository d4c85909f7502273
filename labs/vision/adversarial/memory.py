"""What was made once for a state of the lab, and is made again only when the state is another."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """One thing by each name, with the state that it belongs to."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple, Any]] = {}

    def keep(self, name: str, state: tuple, make: Callable[[], T]) -> T:
        """Return what `make` made under this name in this state, made once."""
        if name not in self._kept or self._kept[name][0] != state:
            self._kept[name] = state, make()
        return self._kept[name][1]

    def forget(self, name: str) -> None:
        """Let go of one thing, so that it is made again."""
        self._kept.pop(name, None)
