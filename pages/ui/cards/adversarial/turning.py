"""The table of what each digit needs to become each other, and one pair of it in pictures."""

from collections.abc import Mapping

from pages.ui.cards.adversarial.pieces import DIGITS, image
from pages.ui.stage import Button, Card, Panel, Select, Transport


def turning(nets: Mapping[str, str]) -> Card:
    """Return the table and the pair.  nets: name -> title."""
    table = Panel(
        "cells", "turning", "Smallest ε", "in 1/255", "", "smallest budget from digit to digit",
        {"cell": 30, "map": "unsigned", "limit": 128, "digits": 0, "blank": True, "click": True,
         "labels": DIGITS, "rowTitle": "the digit drawn", "colTitle": "what it becomes"},
    )  # fmt: skip
    about = Panel("table", "pair", options={"rows": 3, "lines": 4, "width": 250})
    clean = image("digit", "pair.clean", "The sample", 130, "", "the sample digit")
    added = image("digit", "pair.added", "Added", 130, "", "what was added", map="signed", limit=1)
    attacked = image("digit", "pair.attacked", "Attacked", 130, "", "the attacked digit")
    return Card(
        "turning",
        columns=((table,), (clean,), (added,), (attacked,), (about,)),
        controls=(
            Transport(step="row"),
            Button("again", "Again"),
            Select("net", "network", tuple(nets.items()), "lenet-mnist", shown=True),
        ),
    )
