"""The cards of the names lab: the name, its readers, and new names."""

from labs.sequences.names import Names
from labs.sequences.names.controls import METHOD, WRITING
from labs.sequences.names.reading import accuracy
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

TITLES = {"both": "Both ways", "forwards": "Forwards", "backwards": "Backwards"}


def cards(lab: Names) -> list[Card]:
    """Return the page's cards, for the nets that the zoo has."""
    letters = Panel(
        "text", "letters", "The name", "click a letter to read no further", "",
        "the letters of the name, coloured by what they do",
        {"input": "Type a surname", "rows": 2, "columns": 40, "limit": 30},
    )  # fmt: skip
    moving = Panel(
        "unrolled", "moving", "After every letter", "eight likeliest languages",
        "probability, read both ways", "probabilities after every letter",
        {"cell": 33, "label": 86},
    )  # fmt: skip
    readers = [
        Panel(
            "ranks", key, TITLES[key], "18 languages",
            f"balanced accuracy {accuracy(key):.1%}, held out",
            f"what the reader says, {TITLES[key]}",
            {"count": 18 if key == "both" else 8, "width": 210, "label": 11, "lively": True},
        )
        for key in lab.readers
    ]  # fmt: skip
    written = Panel("ranks", "written", "New names", "written letter by letter", "",
                    "names written by a network",
                    {"count": 12, "width": 320, "label": 20, "click": True,
                     "lively": True})  # fmt: skip
    rest = tuple(readers[1:])
    found = [
        Card(
            "name", columns=((letters, moving), (readers[0],), *((rest,) if rest else ())),
            controls=(METHOD,),
        )
    ]  # fmt: skip
    writes = bool(lab.written)
    if writes:
        found.append(
            Card("new", columns=((written,),), span=6, title="And the other way round",
                 controls=WRITING,
                 text="A GRU that was told the language writes letter by letter.")
        )  # fmt: skip
    found.append(challenges_card(lab.challenges, "type", 6 if writes else 12))
    return found


SOURCES = (
    ("Schuster & Paliwal (1997): Bidirectional recurrent neural networks",
     "https://doi.org/10.1109/78.650093"),
    ("Cho et al. (2014): Learning phrase representations (GRU)", "https://arxiv.org/abs/1406.1078"),
    ("Menon et al. (2020): Long-tail learning via logit adjustment",
     "https://arxiv.org/abs/2007.07314"),
    ("Robertson (2017): Classifying names with a character-level RNN (the lists)",
     "https://github.com/spro/practical-pytorch"),
)  # fmt: skip
