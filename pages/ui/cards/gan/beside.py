"""The cards of three nets beside each other: the drawing, samples and ways."""

from labs.generative.gan.beside import controls as c
from pages.ui.cards.autoencoders.pieces import PAD, ink, inks
from pages.ui.stage import Card, Panel

DRAWING = Card(
    "drawing",
    columns=(
        (PAD,),
        (ink("seen", "Goes in", "28²", "", "the drawing as the nets see it", 200),),
        (ink("ae", "Autoencoder", "20 numbers", "", "what the autoencoder gives back", 200),),
        (ink("vae", "Variational", "20 numbers", "", "what the variational one gives back", 200),),
        (ink("gan", "GAN", "16 and a class", "", "the nearest fake that was found", 200),
         Panel("words", "gan_words", options={"height": 110})),
    ),
    controls=(c.SEARCH,),
)  # fmt: skip
ROWS = Card(
    "rows",
    columns=(
        (inks("samples", "Samples", "", "autoencoder, variational, GAN", "eight pictures of thrown "
              "codes for each net", 8, 54),),
        (inks("ways", "From your drawing A to B", "", "autoencoder, variational, GAN", "pictures "
              "between A and B for each net", 9, 54),),
        (Panel("ledger", "table", "What LeNet makes of them", alt="errors and LeNet's sureness for "
               "each net", options={"width": 440, "rows": 3, "click": False}),),
    ),
    controls=(c.TO, c.THROW),
    title="Samples, and pictures in between",
    text="The variational net and the GAN are thrown from their prior. The autoencoder has none: "
    "its codes are thrown with the mean and the spread that test digits have, number by number. "
    "The sureness of samples is a mean over 64.",
)  # fmt: skip
CARDS = (DRAWING, ROWS)
