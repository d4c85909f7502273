"""Which units track something on a page that grows: compared anew now and then."""

from labs.sequences.language.features import Match, match
from labs.sequences.language.pace import Pace
from labs.sequences.language.page import Page

ENOUGH = 300  # characters before units are compared with features
BEST = 2  # units for each feature


class Tracking:
    """The units of a net that go with features of the text it reads."""

    def __init__(self) -> None:
        self.matches: list[Match] = []
        self._pace = Pace()

    def update(self, page: Page, *, resting: bool = False) -> bool:
        """Compare units with features of the page, if that is due; return whether it was."""
        due = self._pace.due(page.text, resting=resting)
        if due:
            enough = len(page) >= ENOUGH
            self.matches = match(page.text, page.past().h[1:], BEST) if enough else []
        return due
