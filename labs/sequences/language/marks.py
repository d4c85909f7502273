"""Where the visitor's finger is in a text: a chosen character, and a brushed stretch."""

from labs.sequences.language.page import Page


class Marks:
    """A chosen character and a brushed stretch of a page.

    Both are kept as places in the text as a whole, so that they stay where they are when a full
    page lets its beginning go, and vanish with it.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.clear()

    def clear(self) -> None:
        """Choose nothing."""
        self._chosen: int | None = None
        self._brushed: tuple[int, int] | None = None

    def choose(self, index: int | None) -> None:
        """Choose the character at `index` of the page, or none."""
        self._chosen = None if index is None else self._page.start + index

    def brush(self, first: int, end: int) -> None:
        """Brush the page from `first` up to `end`, or as far as there is text."""
        start = self._page.start
        self._brushed = (start + first, start + min(end, len(self._page)))

    def unbrush(self) -> None:
        """Let the brushed stretch go; the chosen character stays."""
        self._brushed = None

    @property
    def at(self) -> int | None:
        """The chosen character's index on the page."""
        if self._chosen is None or self._chosen < self._page.start:
            return None
        return min(self._chosen - self._page.start, len(self._page) - 1)

    @property
    def stretch(self) -> tuple[int, int] | None:
        """What is left of the brushed stretch on the page, as first and end."""
        if self._brushed is None:
            return None
        first, end = (max(0, place - self._page.start) for place in self._brushed)
        return (first, end) if first < end else None
