"""The shortening lab: a sentence under the hand, and which of its words could go."""

from collections.abc import Mapping
from textwrap import shorten

import torch

from labs import zoo
from labs.data.translations import clean
from labs.data.words import cut, joined
from labs.live import Frame
from labs.live.challenges import Challenge
from labs.live.checks import EMPTY, places, whole
from labs.live.controls import Knob, Select, Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.shortener import Shortener
from labs.sequences.translation.shorten.export import script
from labs.sequences.translation.shorten.tags import READ, ROUNDS, Tags, rounds, tag
from labs.sequences.translation.spelling import spelled

NET = "shorten"
LONGEST = 400  # characters that may be typed
EXAMPLES = (
    "The old man is looking for his little black cat in the garden.",
    "I think that you should really go home right now.",
    "He is not a very good teacher.",
    "She has been learning French for three years because she wants to live in Paris.",
)
LINE = 44  # characters of an example that a phone's line holds
BEGUN = tuple((text, shorten(text, LINE, placeholder=" …")) for text in EXAMPLES)
EXAMPLE = Select("example", "example", BEGUN, EXAMPLES[0])
LIMIT = Knob("limit", "keep above", 0.02, 0.98, 0.5, step=0.01, digits=2)
NOTS = ("not", "never", "no", "nobody", "nothing")


def _denies(word: str) -> bool:
    return word in NOTS or word.endswith("n't")


def _opposite(tags: Tags, settings: Mapping, text: str) -> bool:
    """Whether a word of denial has gone, at an even chance, and something was left."""
    if text in EXAMPLES:
        return False
    left = tags.kept(settings["limit"])
    gone = [w for w in tags.words if _denies(w)] and not any(map(_denies, left))
    return bool(gone) and settings["limit"] <= 0.5 and len(left) > 2


def _twice(tags: Tags, settings: Mapping, text: str) -> bool:
    """Whether one word stands twice, once surely kept and once surely left out."""
    if text in EXAMPLES:
        return False
    both: dict[str, list[float]] = {}
    for word, p in zip(tags.words, tags.p.tolist(), strict=True):
        both.setdefault(word, []).append(p)
    return any(len(w) > 3 and max(p) > 0.8 and min(p) < 0.2 for w, p in both.items())


class Shorten(Lab):
    """A typed sentence, and the probability that each of its words is kept."""

    name = "translation.shorten"
    controls = (EXAMPLE, LIMIT)
    links = ("sentence", "word")
    on = {("sentence", "text"): "type", ("shades", "click"): "choose"}
    quick = True
    challenges = (
        Challenge("opposite", "Have it shorten a sentence into its opposite, at 0.50 or below.",
            "It knows words, not truth: which sentences survive without “not” or “never”?",
            _opposite),
        Challenge("twice", "Write one word of four letters or more twice, so that once it "
            "surely stays (above 0.8) and once surely goes (below 0.2).",
            "A word at the beginning is read with what follows; put it into a part that goes.",
            _twice),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.chosen: int | None = None  # a word; None: the one about which it is least sure
        self._read(EXAMPLES[0])

    @property
    def net(self) -> Shortener:
        """The net that leaves words out."""
        return zoo.load(NET)

    @property
    def place(self) -> int:
        """The chosen word."""
        last = len(self.tags.words) - 1
        unsure = int((self.tags.p - 0.5).abs().argmin()) if last >= 0 else 0
        return unsure if self.chosen is None else min(self.chosen, last)

    def _read(self, text: str) -> None:
        self.text, self.chosen = text, None
        self.tags = tag(self.net, cut(text))

    def changed(self, name: str, before: Value) -> None:
        """Read another example."""
        if name == "example":
            self._read(self.settings["example"])

    def type(self, event: Event) -> None:
        """Read what is typed."""
        value = event.get("value")
        if not isinstance(value, str):
            raise ValueError("A sentence is text.")
        if len(value) > LONGEST:
            raise ValueError(f"The sentence has {len(value):,} characters; the limit is {LONGEST}.")
        line = clean(value)
        if line != self.text:
            self._read(line)

    def choose(self, event: Event) -> None:
        """Choose the word of a character; -1 chooses none."""
        at = whole(event.get("index"), -1, 20_000, "A place in the text")
        self.chosen = spelled(self.tags.words).word_at(at) if at >= 0 else None

    def show(self) -> Frame:
        """Return the words shaded by their probability, what is left, and the states behind."""
        tags, limit = self.tags, self.settings["limit"]
        text = spelled(tags.words)
        frame = Frame(notes={"titles": {}, "sentence": {"text": self.text, "fault": None}})
        frame.values["shades"] = text.values(tags.p.tolist())
        frame.notes["colors"] = {"shades": "unsigned"}
        frame.notes["shades"] = {
            "text": text.text, "start": 0, "high": 1.0, "caret": False,
            "selected": text.spans[self.place][0] if tags.words else None,
            "label": "probability that a word is kept",
        }  # fmt: skip
        again = rounds(self.net, self.text, limit) if tags.words else []
        rows = [[str(i), line or "—"] for i, line in enumerate(again, 1)]
        frame.notes["rounds"] = {"head": ["time", "what is left"], "rows": rows[:ROUNDS]}
        half = self.net.forwards.hidden_size
        states = torch.zeros(2, half, READ)
        states[:, :, : len(tags.words)] = tags.states.T.reshape(2, half, len(tags.words))
        frame.maps["states"] = states
        frame.notes["labels"] = {"states": ["read forwards", "read backwards"]}
        frame.notes["titles"] |= self._titles(again)
        return frame

    def _titles(self, again: list[str]) -> dict[str, str]:
        tags = self.tags
        doubts = []
        if tags.unknown:
            doubts.append(f"unknown to it: {', '.join(tags.unknown[:8])}")
        if tags.left_out:
            doubts.append(f"only the first {READ} words are read, {tags.left_out} are left out")
        left = len(tags.kept(self.settings["limit"]))
        word = ""
        if tags.words:
            word = f"“{tags.words[self.place]}” is kept with {float(tags.p[self.place]):.1%}"
        return {
            "sentence": "; ".join(doubts) or "read after every key",
            "shades": word or "type a sentence",
            "rounds": f"{left} of {len(tags.words)} words and signs stay the first time",
            "states": f"{self.net.forwards.hidden_size} units down, words to the right",
        }

    def evidence(self) -> tuple:
        """Return the words with their probabilities, the settings, and the sentence."""
        return self.tags, self.settings, self.text

    def to_link(self) -> dict[str, str]:
        """Return the sentence and the chosen word."""
        text = "" if self.text == self.settings["example"] else self.text or EMPTY
        return {"sentence": text, "word": "" if self.chosen is None else str(self.chosen)}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "word":
            self.chosen = places(text, READ - 1)[0] if self.tags.words else None
        else:
            self.type({"value": "" if text == EMPTY else text})

    def script(self) -> str:
        """Return the script that shortens the sentence.  Raises ValueError without one."""
        if not self.tags.words:
            raise ValueError("There is nothing to shorten; type a sentence.")
        return script(self.net, self.text, READ, self.settings["limit"])

    def short(self) -> str:
        """Return what is left of the sentence."""
        return joined(self.tags.kept(self.settings["limit"]))
