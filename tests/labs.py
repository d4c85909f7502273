"""Every lab of the house: what the contract tests are about."""

from labs.live.known import labs_below
from labs.live.lab import Lab
from pages.catalogue import ENTRIES


def all_labs() -> dict[str, type[Lab]]:
    """Return every lab by its name."""
    found: dict[str, type[Lab]] = {}
    for section in sorted({entry.place.split("/")[0] for entry in ENTRIES.values()}):
        found |= labs_below(f"labs.{section}")
    return found


def holding(lab: Lab) -> set[str]:
    """Return the keys of the challenges that hold now, whoever brought it about."""
    evidence = lab.evidence()
    return {c.key for c in lab.challenges if c.done(*evidence)}
