"""The cards of the GAN that learns digits: the fakes and their film, how it goes."""

from labs.generative.gan.film import controls as c
from pages.ui.cards.autoencoders.pieces import DIGITS, inks
from pages.ui.stage import Card, Panel, Transport

FORGERY = Card(
    "forgery",
    columns=(
        (inks("fakes", "Fakes of the same noise", "8²", "", "forty fakes of noise that stays the "
              "same", 8, 58),),
        (inks("real", "Real digits", "8²", "16 of 1,797", "sixteen real digits", 4, 58),),
        (Panel("bars", "census", "What LeNet reads in 200 fakes", "", "", "the share of each digit "
               "among fakes", {"labels": list(DIGITS), "click": False, "width": 240,
                               "percent": True}),
         Panel("words", "said", options={"height": 120, "live": True})),
    ),
    controls=(Transport(), c.LOSS, c.NORM, c.NOISE, c.RATE_G, c.RATE_D, c.AGAIN, c.FRESH, c.MOMENT),
    hold=True,
)  # fmt: skip
COURSE = Card(
    "course",
    columns=(
        (Panel("curve", "losses", "Both losses", "", "of a batch", "both losses over steps",
               {"names": ["discriminator", "generator"], "width": 440, "height": 190,
                "yTitle": "loss"}),),
        (Panel("curve", "measures", "How near", "", "", "digits covered and LeNet's sureness over "
               "steps", {"names": ["share of digits covered", "LeNet is sure"], "low": 0,
                         "high": 1, "width": 440, "height": 190, "ticks": [0, 0.5, 1]}),),
    ),
    title="How it goes",
    text="The noise is thrown once, so each tile is one fake that grows up. The film is in the tab "
    "Code, as MP4 and as GIF.",
)  # fmt: skip
CARDS = (FORGERY, COURSE)
