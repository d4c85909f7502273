"""What can be turned, chosen and pressed where a sound is heard."""

from labs.data.spoken import SHIPPED
from labs.live.controls import Button, Choice, Knob, Select
from labs.sequences.speech.sounds import CLEAN

SPEAKER = Select(
    "speaker", "voice", tuple((str(s), f"speaker {s + 1}") for s in SHIPPED), str(SHIPPED[0])
)
PAUSE = Knob("pause", "pause", 0, 0.6, 0.2, step=0.05, digits=2, unit=" s")
NOISE = Knob(
    "noise", "signal to noise", -5, CLEAN, CLEAN, unit=" dB", words={f"{CLEAN:g}": "no noise"}
)
SPEED = Knob("speed", "speed", 0.5, 2, 1, step=0.05, digits=2, unit=" times")
TYPED = Button("typed_back", "The typed digits")
BACK = Button("sounds_back", "All sounds on")
DRAG = Choice(
    "drag", "a drag over the spectrogram",
    (("off", "switches sounds off"), ("draw", "draws sounds")), "off", shown=True,
)  # fmt: skip
EMPTY = Button("empty", "An empty spectrogram")
RUB = Button("rub", "Rub out what is drawn")
OF = Choice("of", "gradient of", (("answer", "the whole answer"), ("digit", "the chosen digit")),
            "answer", shown=True)  # fmt: skip
CONTROLS = (SPEAKER, PAUSE, NOISE, SPEED, TYPED, EMPTY, DRAG, BACK, RUB, OF)
