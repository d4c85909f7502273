"""What can be turned, chosen and pressed in the names lab."""

from labs.data.names import LANGUAGES
from labs.live.controls import Button, Choice, Knob, Select, same

METHOD = Choice("method", "letters coloured by",
                (("leave one out", "leave one out"), ("gradient", "gradient × letter")),
                "leave one out", shown=True)  # fmt: skip
WRITING = (  # of new names
    Select("language", "names of", same(*LANGUAGES), "Italian", shown=True),
    Knob("heat", "temperature", 0.1, 2, 0.8, step=0.05, digits=2),
    Knob("throw", "seed", 0, 999, 1, whole=True),
    Button("again", "Throw again"),
)
CONTROLS = (METHOD, *WRITING)
