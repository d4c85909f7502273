"""A sound under the hand: what the net hears in it, from the wave to the digits."""

from collections.abc import Callable

import torch
from torch import Tensor

from labs.live import Frame
from labs.live.checks import EMPTY, number, places, whole
from labs.live.experiment import Event
from labs.models.speech.mel import BANDS, HOP, RATE
from labs.models.speech.net import FRAME, SYMBOLS
from labs.sequences.speech import boxes, inside_view, lattice_view, pen, view, window_view
from labs.sequences.speech.challenges import LISTENING
from labs.sequences.speech.export import listen as export
from labs.sequences.speech.hearing import digit_near, reasons
from labs.sequences.speech.sounding import FIRST, Sounding
from labs.sequences.speech.sounds import checked_digits
from labs.sound_files import LONGEST

WINDOWS = int(2 * LONGEST * RATE / HOP)  # at half the speed
FRAMES = int(2 * LONGEST / FRAME)
BAND = 12  # that is looked at first
TEXT = 12  # digits of another text


class Listen(Sounding):
    """A string of digits or a recording; what is switched off in it; a moment that is looked at."""

    name = "speech"
    challenges = LISTENING
    links = ("typed", "off", "drawn", "at", "other")
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
        ("sound", "pen"): "draw",
        ("slope", "click"): "choose_cell",
        ("states", "click"): "choose_frame",
        ("probs", "click"): "choose_frame",
        ("paths", "click"): "choose_frame",
        ("texts", "click"): "choose_text",
    }

    def __init__(self) -> None:
        super().__init__()
        self._look_anew()

    def _look_anew(self) -> None:
        """Look where the first digit is said."""
        self.at: float | None = None  # seconds; None: where the first digit is said
        self.band = BAND
        self.other: str | None = None  # a text whose paths are shown instead of the answer's

    @property
    def moment(self) -> float:
        """The moment that is looked at, in seconds."""
        end = len(self.heard.wave) / RATE
        first = next((t for t, s in enumerate(self.heard.path) if s), 0) * FRAME
        return min(first if self.at is None else self.at, end)

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
        self.other = checked_digits(event.get("value"), TEXT) or None

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
        done = self.prompt or "slopes" in self._known
        slopes = self.slopes if done else torch.zeros(0)
        owed = reasons(slopes[:-1], len(heard.path))
        fresh = "sound" not in self.sent and not self.microphone.on  # none while it records
        view.wave(f, heard, owed, at, fresh)
        if fresh:
            self.sent.add("sound")
        view.sound(f, heard, at, self.band, self.off, draws=self.settings["drag"] == "draw")
        view.probabilities(f, heard, at)
        view.answer(f, heard, self.own is not None)
        inside_view.where(f, heard, slopes[:-1], done)
        if self.sees("window"):
            window_view.window(f, heard, at, self.band)
        if self.sees("inside"):
            inside_view.states(f, self.net, heard, at)
            inside_view.slope(f, heard, *self._slope(at, slopes), at)
            inside_view.votes(f, self.net, heard, at)
        if self.sees("lattice"):
            lattice_view.paths(f, heard, self.target, self.texts, at)
            f.notes["other"] = {"text": self.other or "", "fault": None}
        f.notes["idle"] = self._idle()
        return f

    def _slope(self, at: float, slopes: Tensor) -> tuple[Tensor, str]:
        """Return the gradient that is shown, and of what it is; "" where no digit is heard, or the
        gradients (D + 1, BANDS, T) are not computed yet.
        """
        heard = self.heard
        digit = digit_near(heard.path, view.frame_at(heard, at))
        if digit is None or not len(slopes):
            return torch.zeros_like(heard.x), ""
        if self.settings["of"] == "digit":
            return slopes[digit], f"the logit of {heard.text[digit]}"
        return slopes[-1], f"ln p of {heard.text}"

    def _idle(self) -> list[str]:
        own = self.own is not None
        idle = {"pause": own or len(self.typed) < 2, "typed_back": not own and self.typed,
                "empty": not own and not self.typed and self.ink is None,
                "sounds_back": not self.off, "rub": self.ink is None}  # fmt: skip
        return [name for name, off in idle.items() if off]

    def remembered(self) -> Callable[[], None]:
        """Return a function that brings back what is here now, also a recording."""
        names = ("typed", "own", "off", "ink", "at", "band", "other", "heard", "_known")
        kept, settings = {name: getattr(self, name) for name in names}, dict(self.settings)

        def bring_back() -> None:
            vars(self).update(kept)
            self.settings.update(settings)

        return bring_back

    def evidence(self) -> tuple:
        """Return the digits that are spoken ("" for a recording), the settings, the answer, how
        many boxes are switched off, and whether something is drawn.
        """
        typed, drawn = (self.typed, self.ink is not None) if self.own is None else ("", False)
        return typed, self.settings, self.heard.text, len(self.off), drawn

    def to_link(self) -> dict[str, str]:
        """Return the digits, the boxes, what is drawn, the moment and the other text."""
        typed = "" if self.typed == FIRST else self.typed or EMPTY
        off = boxes.to_text(self.off) if self.own is None else ""
        at = "" if self.at is None else f"{round(self.at * 1000)}.{self.band}"
        drawn = "" if self.ink is None or self.own is not None else pen.to_text(self.ink)
        return {"typed": typed, "off": off, "drawn": drawn, "at": at, "other": self.other or ""}

    def from_link(self, name: str, text: str) -> None:
        """Take back what `to_link` wrote."""
        if name == "typed":
            self.typed = "" if text == EMPTY else checked_digits(text) or FIRST
            self._hear()
        elif name == "off":
            self.off = boxes.from_text(text, self.heard.x.shape[1] - 1)
            self._hear(again=False)
        elif name == "drawn":
            self.ink = pen.from_text(text, len(self.heard.wave))
            self._hear()
        elif name == "at":
            at, self.band = places(text, int(2000 * LONGEST), BANDS - 1)
            self.at = at / 1000
        else:
            self.type_other({"value": "" if text == EMPTY else text})

    def left_out(self) -> str:
        """Say that a link holds no recording."""
        if self.own is not None:
            return (
                "The link holds no recording, and nothing drawn in it: it opens the typed digits."
            )
        return ""

    def script(self) -> str:
        """Return the script that hears the same sound."""
        return export.script(self.net, self.heard.wave, self.off)
