"""The cards of a sound under the hand."""

from labs.models.speech.net import SYMBOLS
from labs.sequences.speech import controls as c
from labs.sequences.speech.challenges import LISTENING
from labs.sequences.speech.hearing import LIKELY
from labs.sequences.speech.inside_view import VOTES
from labs.sequences.speech.sounds import MOST
from labs.sound_files import LONGEST
from pages.ui.challenges import challenges_card
from pages.ui.stage import Card, Panel

WIDE = 800  # CSS pixels of all pictures over time
TYPED = Panel(
    "entry", "typed", "", "", "", "digits that are spoken",
    {"longest": MOST, "label": "Digits to speak"},
)  # fmt: skip
WAVE = Panel(
    "wave", "wave", "The sound", "drag over it to hear", "",
    "the wave over time; under it what the net says in each frame, what is left when equal "
    "neighbours are merged, without the blanks, and which sounds made it say so",
    {"width": WIDE, "height": 84, "rows": 4, "speak": LONGEST - 0.2},
)  # fmt: skip
SOUND = Panel(
    "timemap", "sound", "Log-mel spectrogram", "", "", "loudness over time and frequency",
    {"width": WIDE, "height": 150, "brush": True, "yTitle": "Hz", "unit": "dB"},
)  # fmt: skip
PROBS = Panel(
    "timemap", "probs", "Symbols", "", "", "the probability of each symbol over time",
    {"width": WIDE, "height": 121, "unit": "", "yTitle": "symbol"},
)  # fmt: skip
ANSWER = Panel("words", "answer", "", "", "", "", {"size": 30, "live": True})
NOW = Panel(
    "bars", "now", "At this moment", "", "", "the probability of each symbol in one frame",
    {"labels": ["–", *SYMBOLS[1:]], "width": 200, "percent": True},
)  # fmt: skip
WHERE = Panel("ledger", "where", "Where are the sounds?", "", "", "where each digit's sounds are",
              {"rows": 4, "room": 215})  # fmt: skip
WINDOW = Panel(
    "curve", "window", "A window", "", "", "the sound in one window, the Hann window, and both "
    "multiplied",
    {"names": ["sound", "Hann window", "product"], "width": 300, "height": 170, "xTitle": "ms",
     "yTitle": "of the loudest", "last": False, "low": -1, "high": 1},
)  # fmt: skip
SPECTRUM = Panel(
    "curve", "spectrum", "Its Fourier transform", "", "", "power over frequency, and in mel bands",
    {"names": ["power", "mel bands"], "width": 330, "height": 170, "xTitle": "Hz",
     "yTitle": "dB", "last": False},
)  # fmt: skip
BAND = Panel("ledger", "band", "A mel band", "", "", "the sum of one mel band",
             {"room": 280, "rows": 4})  # fmt: skip
STATES = Panel(
    "timemap", "states", "GRU states", "", "", "the states of all units over time",
    {"width": WIDE, "height": 150, "map": "signed", "yTitle": "units"},
)  # fmt: skip
SLOPE = Panel(
    "timemap", "slope", "Gradient", "", "", "the gradient on the spectrogram",
    {"width": WIDE, "height": 130, "map": "gradient", "yTitle": "Hz", "unit": "nats per dB"},
)  # fmt: skip
DECIDING = Panel(
    "ranks", "votes", "Units that decide", "", "", "what the strongest units add to a logit",
    {"count": VOTES, "width": 200, "label": 5, "lively": True},
)  # fmt: skip
OTHER = Panel("entry", "other", "", "", "", "another text",
              {"longest": 12, "label": "The paths of"})  # fmt: skip
PATHS = Panel(
    "lattice", "paths", "Lattice", "", "", "the paths of a text through the frames",
    {"width": WIDE, "timed": True, "rows": 9},
)  # fmt: skip
TEXTS = Panel(
    "ranks", "texts", "Likeliest texts", "click one", "", "the likeliest texts",
    {"count": LIKELY, "width": 200, "label": MOST, "click": True},
)  # fmt: skip
CARDS = (
    Card("listen", ((TYPED, WAVE, SOUND, PROBS), (ANSWER, NOW, WHERE)),
         (c.SPEAKER, c.PAUSE, c.SPEED, c.NOISE, c.DRAG, c.TYPED, c.EMPTY, c.BACK, c.RUB)),
    Card("window", ((WINDOW,), (SPECTRUM,), (BAND,)), title="From a window to mel bands", wrap=True,
         text="Each column of the spectrogram is 25 ms of sound, faded in and out, and then as "
         "frequencies. A band adds up what lies under its triangle. Click in the spectrogram for "
         "another window and another band."),
    Card("inside", ((STATES, SLOPE), (DECIDING,)), (c.OF,), title="Inside",
         text="Three convolutions make features of the spectrogram, 25 frames a second; a GRU "
         "reads them in both directions. The gradient says which sounds made it say so: a little "
         "more of what is purple makes it likelier, more of what is green less likely."),
    Card("lattice", ((OTHER, PATHS), (TEXTS,)), title="All paths of a text",
         text="A path stays in its row, goes to the next, or leaves out a blank. CTC adds up all "
         "of them. Type another text and see how likely that is."),
    challenges_card(LISTENING),
)  # fmt: skip
