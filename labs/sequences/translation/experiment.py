"""The translation lab: a sentence under the hand, and what the net makes of it at every key."""

from dataclasses import replace
from functools import lru_cache

from labs import zoo
from labs.data.translations import clean
from labs.live import Frame
from labs.live.checks import EMPTY, number, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.translation.beam import Hypothesis
from labs.models.translation.net import Translator
from labs.sequences.translation import tree, view
from labs.sequences.translation.challenges.translating import TRANSLATING
from labs.sequences.translation.controls import CONTROLS, FIRST, NETS, TITLES
from labs.sequences.translation.export.translating import script
from labs.sequences.translation.trace import READ, WRITTEN, Acts, Trace, instead, translate

LONGEST = 1500  # characters that may be typed; of them READ pieces are read


class Translate(Lab):
    """A typed sentence and its translation, with what a hand changed in between."""

    name = "translation"
    controls = CONTROLS
    challenges = TRANSLATING
    links = ("english", "french", "place")
    on = {
        ("english", "text"): "type_english",
        ("french", "type"): "type_french",
        ("french", "click"): "choose_character",
        ("aligned", "click"): "choose_piece",
        ("matrix", "click"): "choose_piece",
        ("aligned", "aim"): "aim",
        ("matrix", "aim"): "aim",
        ("next", "click"): "say_instead",
        ("states", "click"): "switch_unit",
    }

    def __init__(self) -> None:
        super().__init__()
        self.text = FIRST
        self.acts = Acts()
        self.chosen: int | None = None  # a place in the translation; None: where it is least sure
        self._translate()

    @property
    def net(self) -> Translator:
        """The net that is looked at."""
        return zoo.load(NETS[self.settings["net"]])

    @property
    def place(self) -> int:
        """The chosen place of the translation, the end's one counted."""
        if self.trace is None:
            return 0
        last = len(self.trace.tokens)
        return self.trace.unsure if self.chosen is None else min(self.chosen, last)

    def _translate(self) -> None:
        self.trace: Trace | None = translate(self.net, self.text, self.acts)
        self._greedy: Hypothesis | None = None  # of this trace, once it is asked for

    def changed(self, name: str, before: Value) -> None:
        """Translate again where a setting is no search's."""
        if name == "example":
            self.text, self.acts, self.chosen = self.settings["example"], Acts(), None
        elif name == "net" and self.settings["net"] != before:
            self.acts = Acts(teacher=self.acts.teacher)
        else:
            return
        self._translate()

    def type_english(self, event: Event) -> None:
        """Read what is typed; what was changed by hand in another sentence is forgotten."""
        line = _line(event.get("value"))
        if line != self.text:
            self.text, self.acts, self.chosen = line, Acts(zeroed=self.acts.zeroed), None
            self._translate()

    def type_french(self, event: Event) -> None:
        """Read a translation of the visitor's own, or write again when it is empty."""
        line = _line(event.get("value"))
        if line != self.acts.teacher:
            self.acts = replace(self.acts, teacher=line, forced=())
            self.chosen = None
            self._translate()

    def choose_character(self, event: Event) -> None:
        """Choose the piece of a character; -1 chooses none."""
        at = whole(event.get("index"), -1, 10_000, "A place in the text")
        self.chosen = view.piece_at(self.trace, at) if at >= 0 and self.trace else None

    def choose_piece(self, event: Event) -> None:
        """Choose a piece of the translation."""
        self.chosen = whole(event.get("row"), 0, WRITTEN, "A piece")

    def aim(self, event: Event) -> None:
        """Look at another place of the sentence for a piece, or between two."""
        row = whole(event.get("row"), 0, WRITTEN, "A piece")
        at = number(event.get("at"), 0, READ - 1, "A place in the sentence")
        if self.trace is None or not self.net.attends or row >= len(self.trace.tokens):
            return
        self.acts = replace(self.acts, aims={**self.acts.aims, row: at})
        self.chosen = row
        self._translate()

    def say_instead(self, event: Event) -> None:
        """Say another piece at the chosen place, and go on from there."""
        unit = whole(event.get("unit"), 0, view.CANDIDATES - 1, "A row")
        if self.trace is None:
            return
        place = self.place
        piece = view.likeliest(self.trace, place)[unit]
        self.acts = instead(self.trace, place, piece)
        self.chosen = place
        self._translate()

    def switch_unit(self, event: Event) -> None:
        """Set a unit of the encoder to 0, or let it go again."""
        half = self.net.forwards.hidden_size
        side = whole(event.get("unit"), 0, 1, "A direction")
        unit = side * half + whole(event.get("row"), 0, half - 1, "A unit")
        self.acts = replace(self.acts, zeroed=self.acts.zeroed ^ {unit})
        self._translate()

    def off(self) -> None:
        """Give all words the same weight from the chosen place on."""
        self._change(off_from=self.place)

    def weights_back(self) -> None:
        """Let the net look where it will."""
        self._change(off_from=None, aims={})

    def words_back(self) -> None:
        """Let the net say what it will."""
        self._change(forced=(), teacher="")

    def units_back(self) -> None:
        """Let all units work."""
        self._change(zeroed=frozenset())

    def _change(self, **acts: object) -> None:
        self.acts = replace(self.acts, **acts)
        self._translate()

    def show(self) -> Frame:
        """Return the translation, what was looked at, and what could stand at the chosen place."""
        frame = Frame(notes={"titles": {}, "english": {"text": self.text, "fault": None}})
        trace, net = self.trace, self.net
        frame.notes["idle"] = self._idle()
        if trace is None:
            view.nothing(frame, net.forwards.hidden_size, net.decoder.hidden_size)
            tree.empty(frame)
            return frame
        place = self.place
        view.french(frame, trace, place, net.attends)
        view.aligned(frame, "aligned", trace, place)
        view.next_words(frame, trace, place)
        others = {TITLES[k]: said(NETS[k], self.text) for k in NETS if k != self.settings["net"]}
        view.notice(frame, trace, others)
        if self.sees("inside"):
            view.aligned(frame, "matrix", trace, place)
            view.inside(frame, trace)
        if self.sees("search"):
            width, penalty = self.settings["width"], self.settings["penalty"]
            self._greedy = self._greedy or tree.greedily(net, trace)
            tree.draw(frame, tree.search(net, trace, width, penalty, self._greedy), width)
        return frame

    def _idle(self) -> list[str]:
        acts = self.acts
        idle = {
            "off": not self.net.attends,
            "weights_back": acts.off_from is None and not acts.aims,
            "words_back": not acts.forced and not acts.teacher,
            "units_back": not acts.zeroed,
        }
        return [name for name, off in idle.items() if off]

    def evidence(self) -> tuple:
        """Return the trace, the settings, and what the net says without a hand in it."""
        return self.trace, self.settings, said(NETS[self.settings["net"]], self.text)

    def to_link(self) -> dict[str, str]:
        """Return the sentence, the visitor's own translation, and the chosen place."""
        text = "" if self.text == self.settings["example"] else self.text or EMPTY
        place = "" if self.chosen is None else str(self.chosen)
        return {"english": text[:400], "french": self.acts.teacher[:400], "place": place}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "place":
            self.chosen = places(text, WRITTEN)[0]
            return
        text = "" if text == EMPTY else text
        (self.type_english if name == "english" else self.type_french)({"value": text})

    def left_out(self) -> str:
        """Say that a link holds no words, weights and units that were changed by hand."""
        acts = self.acts
        if acts.forced or acts.aims or acts.zeroed or acts.off_from is not None:
            return "The link holds the sentence, not what was changed in its translation by hand."
        return ""

    def script(self) -> str:
        """Return the script that translates the sentence again.  Raises ValueError without one."""
        if self.trace is None:
            raise ValueError("There is nothing to translate; type a sentence.")
        return script(self.net, self.text, READ, WRITTEN)


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("A sentence is text.")
    if len(value) > LONGEST:
        raise ValueError(f"The sentence has {len(value):,} characters; the limit is {LONGEST:,}.")
    return clean(value)


@lru_cache(256)
def said(name: str, text: str) -> str:
    """Return what a net of the zoo says, without a hand in it."""
    trace = translate(zoo.load(name), text, Acts())
    return trace.text if trace else ""
