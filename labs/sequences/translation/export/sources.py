"""The nets as text for a script that stands alone."""

from labs.models.translation import net, records
from labs.scripts import body

LEFT_OUT = {"table", "translate", "translate_all"}  # what needs the table of pieces


def nets() -> str:
    """Return the source of both nets."""
    return f"{body(records)}\n\n{body(net, frozenset(LEFT_OUT))}"
