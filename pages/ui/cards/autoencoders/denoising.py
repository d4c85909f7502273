"""The cards of denoising: the noise and both nets, errors, what the units look for."""

from labs.generative.autoencoders.denoising import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink, inks
from pages.ui.stage import Card, Panel

NOISE = Card(
    "noise",
    columns=(
        (PAD,),
        (ink("seen", "Without noise", "28²", "", "the drawing as the nets would see it", 120),
         Panel("pad", "hole", "A hole", "", "paint it: nothing is known there",
               "a brush for a hole in the noisy drawing",
               {"size": 120, "over": "under", "pen": [20, 60, 128]})),
        (ink("spoiled", "Goes in", "28²", "", "the drawing with noise and hole", 220),),
        (ink("noisy", "Noise in training", "28²", "", "what dae-mnist makes of it", 220),),
        (ink("copying", "No noise in training", "28²", "", "what its twin makes of it", 220),),
    ),
    controls=(c.GAUSS, c.PEPPER, c.THROW, c.TIMES, c.WHOLE),
)  # fmt: skip
AGAIN = Card(
    "again",
    columns=(
        (inks("strip", "Cleaned again and again", "", "above: noise in training; below: none",
              "what both nets make of it after 1 to 20 times", 6, 76),),
        (Panel("ledger", "table", alt="squared errors of your drawing and of test digits",
               options={"width": 400, "rows": 2, "click": False}),
         Panel("words", "told", options={"height": 96})),
        (Panel("curve", "errors", "Error", "", "", "squared error over times cleaned, of both nets",
               {"names": ["noise in training", "none"], "width": 380, "height": 200,
                "xTitle": "times cleaned", "yTitle": "squared error", "low": 0}),),
    ),
    title="What a net does to its own output",
    text="The first time takes the noise away, later ones move the picture to what the net takes "
    "for a digit: that need not be yours. Errors are squared and summed over the 784 pixels; the "
    "test digits are UCI's, with the same noise and the same hole.",
)  # fmt: skip
UNIT = {"columns": 12, "few": 6, "tile": 46, "click": False, "scale": "layer", "limit": 1}
UNITS = Card(
    "units",
    columns=(
        (Panel("maps", "noisy_units", "Noise in training", "", "", "weights of 24 units", UNIT),),
        (Panel("maps", "copying_units", "No noise in training", "", "", "weights of the twin's 24 "
               "units", UNIT),),
    ),
    title="What the units look for",
    text="The 24 most active units of each net, each scaled to its strongest weight.",
)  # fmt: skip
CARDS = (NOISE, AGAIN, UNITS)
