"""A sound under the hand: what the net hears in it, from the wave to the digits."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from labs import zoo
from labs.live import Frame
from labs.live.checks import EMPTY, number, places, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.speech.mel import BANDS, HOP, RATE
from labs.models.speech.net import FRAME, SYMBOLS, SpeechCTC, with_room
from labs.sequences.speech import boxes, inside_view, view
from labs.sequences.speech.challenges import LISTENING
from labs.sequences.speech.controls import CONTROLS
from labs.sequences.speech.export import listen as export
from labs.sequences.speech.hearing import (
    Box,
    Heard,
    digit_gradients,
    gradient,
    hear,
    reasons,
    spoken,
)
from labs.sequences.speech.microphone import Microphone
from labs.sequences.speech.sounds import MOST, faster, noisy, spell
from labs.sound_files import LONGEST, SHORTEST, checked, decode

NET = "speech-ctc"
FIRST = "4072"
WINDOWS = int(2 * LONGEST * RATE / HOP)  # at half the speed
FRAMES = int(2 * LONGEST / FRAME)
BAND = 12  # that is looked at first
PROMPT = 2_500  # windows times digits whose gradients are computed at once
TEXT = 12  # digits of another text


class Listen(Lab):
    """A string of digits or a recording; what is switched off in it; a moment that is looked at."""

    name = "speech"
    controls = CONTROLS
    challenges = LISTENING
    links = ("typed", "off", "at", "other")
    undoable = True
    on = {
        ("typed", "text"): "type_digits",
        ("other", "text"): "type_other",
        ("wave", "moment"): "go",
        ("wave", "sound"): "listen_in",
        ("wave", "lift"): "listened",
        ("sound", "click"): "choose_cell",
        ("sound", "brush"): "brush",
        ("sound", "remove"): "let_go",
        ("slope", "click"): "choose_cell",
        ("states", "click"): "choose_frame",
        ("probs", "click"): "choose_frame",
        ("paths", "click"): "choose_frame",
        ("texts", "click"): "choose_text",
    }

    def __init__(self) -> None:
        super().__init__()
        self.net = zoo.load(NET)
        self.typed = FIRST
        self.own: Tensor | None = None  # a visitor's recording
        self.off: list[Box] = []
        self.at: float | None = None  # seconds; None: where the first digit is said
        self.band = BAND
        self.other: str | None = None  # a text whose paths are shown instead of the answer's
        self.microphone = Microphone()
        self._hear()

    def _sound(self) -> Tensor:
        """Return the wave at the visitor's speed, in the visitor's noise."""
        s = self.settings
        wave = self.own
        if wave is None:
            wave = spell(self.typed, int(s["speaker"]), s["pause"])
        return noisy(faster(wave, s["speed"]), s["noise"])

    def _hear(self, again: bool = True) -> None:
        """Hear the sound; again: whether its wave is another."""
        wave = self._sound() if again else self.heard.wave
        self.heard: Heard = hear(self.net, wave, self.off)
        self._known = {}
        if again:
            self.sent.discard("sound")

    def _once(self, name: str, make: Callable[[SpeechCTC, Heard], Any]) -> Any:
        """Return what is computed once for what is heard now."""
        if name not in self._known:
            self._known[name] = make(self.net, self.heard)
        return self._known[name]

    @property
    def slopes(self) -> Tensor:
        """The gradients of the digits that are heard, (D, BANDS, T)."""
        return self._once("slopes", digit_gradients)

    @property
    def texts(self) -> list[tuple[str, float]]:
        """The likeliest texts, and ln p of each."""
        return self._once("texts", lambda _, heard: inside_view.likeliest_texts(heard))

    @property
    def moment(self) -> float:
        """The moment that is looked at, in seconds."""
        end = len(self.heard.wave) / RATE
        first = next((t for t, s in enumerate(self.heard.path) if s), 0) * FRAME
        return min(first if self.at is None else self.at, end)

    def changed(self, name: str, before: Value) -> None:
        """Hear it in another voice, at another speed or in noise."""
        if name == "of" or self.settings[name] == before:
            return
        if name == "speaker":
            self.own = None
        if name != "noise":
            self.off = []  # what was there lies elsewhere now
        self._hear()

    def type_digits(self, event: Event) -> None:
        """Have other digits spoken."""
        value = event.get("value")
        if not isinstance(value, str):
            raise ValueError("Digits are text.")
        digits = "".join(value.split())
        if not digits:
            return  # a box that was emptied, to be filled again
        if not digits.isascii() or not digits.isdecimal() or len(digits) > MOST:
            raise ValueError(f"Type 1 to {MOST} digits from 0 to 9, such as {FIRST}.")
        if digits != self.typed or self.own is not None:
            self.typed = digits
            self._begin(None)

    def take(self, data: bytes) -> None:
        """Hear a sound file.  Raises ValueError in one sentence if it cannot be heard."""
        self.remember()
        self._begin(with_room(decode(data)))

    def listen_in(self, event: Event) -> None:
        """Hear a piece more of what the microphone hears, while it is on."""
        wave, first = self.microphone.hear(event)
        if len(wave) < SHORTEST * RATE:
            return
        if first or self.own is None:
            self._begin(wave)
        self.own = with_room(wave)
        self._hear()

    def listened(self, event: Event) -> None:
        """The microphone is off.  Raises ValueError if it heard nothing at all."""
        self.microphone.off()
        self.sent.discard("sound")
        if self.own is not None:
            checked(self.own)

    def _begin(self, own: Tensor | None) -> None:
        """Hear another sound, with all of it on."""
        self.own, self.off, self.at, self.band, self.other = own, [], None, BAND, None
        self._hear()

    def typed_back(self) -> None:
        """Hear the typed digits again."""
        if self.own is None:
            raise ValueError("The typed digits are heard already.")
        self._begin(None)

    def brush(self, event: Event) -> None:
        """Switch a box of the spectrogram off; while the hand moves, the last one changes."""
        self.off = boxes.brushed(self.off, event, self.heard.x.shape[1] - 1)
        self._hear(again=False)

    def let_go(self, event: Event) -> None:
        """Let a box sound again."""
        index = whole(event.get("index"), 0, len(self.off) - 1, "A box")
        self.off = [box for i, box in enumerate(self.off) if i != index]
        self._hear(again=False)

    def sounds_back(self) -> None:
        """Let all sounds be heard."""
        self.off = []
        self._hear(again=False)

    def go(self, event: Event) -> None:
        """Look at a moment."""
        self.at = round(number(event.get("value"), 0, 2 * LONGEST, "A moment"), 3)

    def choose_cell(self, event: Event) -> None:
        """Look at a window and a band of the spectrogram."""
        column = whole(event.get("col"), 0, WINDOWS, "A moment")
        self.band = BANDS - 1 - whole(event.get("row"), 0, BANDS - 1, "A band")
        self.at = round(column * HOP / RATE, 3)

    def choose_frame(self, event: Event) -> None:
        """Look at a frame of the net."""
        self.at = round(whole(event.get("col"), 0, FRAMES, "A frame") * FRAME, 3)

    def type_other(self, event: Event) -> None:
        """Show the paths of another text than the answer."""
        value = event.get("value")
        if not isinstance(value, str):
            raise ValueError("A text is digits.")
        digits = "".join(value.split())
        if digits and (not digits.isascii() or not digits.isdecimal() or len(digits) > TEXT):
            raise ValueError(f"A text has at most {TEXT} digits from 0 to 9.")
        self.other = digits or None

    def choose_text(self, event: Event) -> None:
        """Show the paths of one of the likeliest texts."""
        unit = whole(event.get("unit"), 0, len(self.texts) - 1, "A text")
        self.other = self.texts[unit][0] or None

    @property
    def target(self) -> list[int]:
        """The text whose paths are shown, as symbols."""
        if self.other is None:
            return self.heard.answer
        return [SYMBOLS.index(c) for c in self.other]

    def show(self) -> Frame:
        """Return the wave, the spectrogram, and what is looked at in them."""
        f = Frame(notes={"titles": {}})
        heard, at = self.heard, self.moment
        f.notes["typed"] = {"text": self.typed if self.own is None else "", "fault": None}
        done = self._prompt or "slopes" in self._known
        owed = reasons(self.slopes if done else torch.zeros(0), len(heard.path))
        fresh = (
            "sound" not in self.sent and not self.microphone.on
        )  # while it records, none is sent
        view.wave(f, heard, owed, at, fresh)
        if fresh:
            self.sent.add("sound")
        view.sound(f, heard, at, self.band, self.off)
        view.probabilities(f, heard, at)
        view.answer(f, heard, self.own is not None)
        inside_view.where(f, heard, self.slopes if done else torch.zeros(0), done)
        if self.sees("window"):
            view.window(f, heard, at, self.band)
        if self.sees("inside"):
            inside_view.states(f, self.net, heard, at)
            inside_view.slope(f, heard, *self._slope(at), at)
            inside_view.votes(f, self.net, heard, at)
        if self.sees("lattice"):
            inside_view.paths(f, heard, self.target, self.texts, at)
            f.notes["other"] = {"text": self.other or "", "fault": None}
        f.notes["idle"] = self._idle()
        return f

    @property
    def _prompt(self) -> bool:
        """Whether the digits' gradients take no time, so that they come while a hand moves."""
        work = len(spoken(self.heard.path)) * self.heard.x.shape[1]
        return not self.microphone.on and work < PROMPT

    def settle(self) -> bool:
        """Compute the digits' gradients of a long sound, once the hand rests."""
        news = "slopes" not in self._known and not self.microphone.on
        if news:
            _ = self.slopes
        return news

    def _slope(self, at: float) -> tuple[Tensor, str]:
        """Return the gradient that is shown, and of what it is; "" where no digit is heard."""
        heard, digit = self.heard, inside_view.digit_at(self.heard, at)
        if digit is None:
            return torch.zeros_like(heard.x), ""
        if self.settings["of"] == "digit":
            return self.slopes[digit], f"the logit of {heard.text[digit]}"
        return self._once("slope", gradient), f"ln p of {heard.text}"

    def _idle(self) -> list[str]:
        own = self.own is not None
        idle = {"pause": own or len(self.typed) < 2, "typed_back": not own,
                "sounds_back": not self.off}  # fmt: skip
        return [name for name, off in idle.items() if off]

    def remembered(self) -> Callable[[], None]:
        """Return a function that brings back what is here now, also a recording."""
        names = ("typed", "own", "off", "at", "band", "other", "heard", "_known")
        kept, settings = {name: getattr(self, name) for name in names}, dict(self.settings)

        def bring_back() -> None:
            vars(self).update(kept)
            self.settings.update(settings)

        return bring_back

    def evidence(self) -> tuple:
        """Return the digits that are spoken ("" for a recording), the settings, the answer, and how
        many boxes are switched off.
        """
        typed = self.typed if self.own is None else ""
        return typed, self.settings, self.heard.text, len(self.off)

    def to_link(self) -> dict[str, str]:
        """Return the digits, the boxes, the moment and the other text."""
        typed = "" if self.typed == FIRST else self.typed
        off = boxes.to_text(self.off) if self.own is None else ""
        at = "" if self.at is None else f"{round(self.at * 1000)}.{self.band}"
        return {"typed": typed, "off": off, "at": at, "other": self.other or ""}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "typed":
            digits = text[:100]
            if not digits.isascii() or not digits.isdecimal() or len(digits) > MOST:
                raise ValueError(f"The link says {text[:20]!r}; a string has 1 to {MOST} digits.")
            self.typed = digits
            self._hear()
        elif name == "off":
            self.off = boxes.from_text(text, self.heard.x.shape[1] - 1)
            self._hear(again=False)
        elif name == "at":
            at, self.band = places(text, int(2000 * LONGEST), BANDS - 1)
            self.at = at / 1000
        else:
            self.type_other({"value": "" if text == EMPTY else text})

    def left_out(self) -> str:
        """Say that a link holds no recording."""
        if self.own is not None:
            return "The link holds no recording: it opens the typed digits."
        return ""

    def script(self) -> str:
        """Return the script that hears the same sound."""
        return export.script(self.net, self.heard.wave, self.off)
