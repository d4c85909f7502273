"""The card of a page's challenges."""

from collections.abc import Iterable

from labs.live.challenges import Challenge
from pages.ui.stage import Card, Panel


def challenges_card(challenges: Iterable[Challenge], doing: str = "play", span: int = 12) -> Card:
    """Return the card; the experiment ticks by the note `met` what was done while `doing`."""
    items = [{"key": c.key, "text": c.text, "hint": c.hint} for c in challenges]
    return Card(
        "challenges",
        columns=((Panel("checklist", "challenges", options={"items": items}),),),
        title="Try this",
        text=f"The page checks these while you {doing}.",
        span=span,
    )
