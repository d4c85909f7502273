"""What is heard: typed digits, a recording or silence, at a speed and in noise, and in it what is
switched off and what is drawn.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from labs import zoo
from labs.live.checks import whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.live.lab import Lab
from labs.models.speech.mel import RATE
from labs.models.speech.net import SpeechCTC, with_room
from labs.sequences.speech import boxes, pen
from labs.sequences.speech.controls import CONTROLS
from labs.sequences.speech.hearing import Box, Heard, gradients, hear, likeliest_texts, spoken
from labs.sequences.speech.microphone import Microphone
from labs.sequences.speech.sounds import checked_digits, faster, noisy, spell
from labs.sound_files import SHORTEST, checked, decode

NET = "speech-ctc"
FIRST = "4072"
EMPTY = 1.5  # seconds of an empty spectrogram
PROMPT = 2_500  # windows times digits whose gradients are computed at once


class Sounding(Lab):
    """A lab with a sound that a hand may change, and what the net hears in it."""

    controls = CONTROLS

    def __init__(self) -> None:
        super().__init__()
        self.net = zoo.load(NET)
        self.typed = FIRST  # "": nobody speaks
        self.own: Tensor | None = None  # a visitor's recording
        self.off: list[Box] = []
        self.ink: Tensor | None = None  # (BANDS, T), what is drawn
        self.microphone = Microphone()
        self._hear()

    def _sound(self) -> Tensor:
        """Return the wave at the visitor's speed, in the visitor's noise, with what is drawn."""
        s = self.settings
        if self.own is not None:
            wave = self.own
        elif self.typed:
            wave = spell(self.typed, int(s["speaker"]), s["pause"])
        else:
            wave = torch.zeros(int(EMPTY * RATE))
        wave = noisy(faster(wave, s["speed"]), s["noise"])
        return wave if self.ink is None else (wave + pen.tones(self.ink, len(wave))).clamp(-1, 1)

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
        """The gradients of the D digits that are heard, and of the answer, (D + 1, BANDS, T)."""
        return self._once("slopes", gradients)

    @property
    def texts(self) -> list[tuple[str, float]]:
        """The likeliest texts, and ln p of each."""
        return self._once("texts", lambda _, heard: likeliest_texts(heard))

    @property
    def prompt(self) -> bool:
        """Whether the digits' gradients take no time, so that they come while a hand moves."""
        work = len(spoken(self.heard.path)) * self.heard.x.shape[1]
        return not self.microphone.on and work < PROMPT

    def settle(self) -> bool:
        """Compute the digits' gradients of a long sound, once the hand rests."""
        news = "slopes" not in self._known and not self.microphone.on
        if news:
            _ = self.slopes
        return news

    def changed(self, name: str, before: Value) -> None:
        """Hear it in another voice, at another speed or in noise."""
        if name in ("of", "drag") or self.settings[name] == before:
            return
        if name == "speaker":
            self.own = None
        if name != "noise":
            self.off, self.ink = [], None  # what was there lies elsewhere now
        self._hear()

    def type_digits(self, event: Event) -> None:
        """Have other digits spoken."""
        digits = checked_digits(event.get("value"))
        if not digits:
            return  # a box that was emptied, to be filled again
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
        """Hear another sound, with all of it on and nothing drawn."""
        self.own, self.off, self.ink = own, [], None
        self._look_anew()
        self._hear()

    def _look_anew(self) -> None:
        """Look at a new sound as at first."""

    def typed_back(self) -> None:
        """Hear the typed digits again."""
        if self.own is None and self.typed:
            raise ValueError("The typed digits are heard already.")
        self.typed = self.typed or FIRST
        self._begin(None)

    def empty(self) -> None:
        """Begin with silence, to draw in it."""
        self.typed = ""
        self.settings["drag"] = "draw"
        self._begin(None)

    def draw(self, event: Event) -> None:
        """Draw a line of sound."""
        self.ink = pen.drawn(self.ink, event, len(self.heard.wave))
        self._hear()

    def rub(self) -> None:
        """Rub out what is drawn."""
        self.ink = None
        self._hear()

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
