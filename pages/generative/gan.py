"""Forger and expert: a GAN on the plane, GANs of drawings, and their rivals side by side."""

from functools import partial

from labs.generative.gan import Beside, Digits, Film, Gan
from labs.generative.gan.beside.experiment import sampled
from labs.generative.gan.beside.search import Search
from labs.generative.gan.digits.opinion import improved, wish
from labs.generative.gan.duel import Duel
from labs.generative.gan.film.nets import Expert, Forger, Norm
from labs.generative.gan.film.reading import census
from labs.generative.gan.penalty import gradient_penalty
from labs.models.digit_gan import Discriminator, Generator
from pages.ui.cards.gan import SOURCES, beside, digits, film, maths, plane
from pages.ui.page import Part, page_of_parts

part = partial(Part, sources=SOURCES)
PARTS = {
    "on the plane": part(
        lab=Gan,
        cards=plane.CARDS,
        maths=maths.plane,
        code=[Duel.discriminator_step, Duel.generator_step, gradient_penalty],
        opening=150,
    ),
    "digits": part(
        lab=Digits,
        cards=digits.CARDS,
        title="Forged drawings",
        question="Would the expert take your drawing for real? Drag z through the forger's noise.",
        maths=maths.digits,
        code=[Generator, Discriminator, wish, improved],
    ),
    "from scratch": part(
        lab=Film,
        cards=film.CARDS,
        title="Digits from scratch",
        question="How does a forger find ten digits in noise? Press play.",
        maths=maths.film,
        code=[Forger, Norm, Expert, Film._advance, census],
        files=[
            ("Download the film (MP4)", "gan.mp4", Film.mp4),
            ("Download the film (GIF)", "gan.gif", Film.gif),
            ("Download the generator's weights (safetensors)", "forger.safetensors", Film.weights),
        ],
        opening=60,
    ),
    "side by side": part(
        lab=Beside,
        cards=beside.CARDS,
        title="Autoencoder, VAE, GAN",
        question="Who can give your drawing back, who can invent one, and what lies in between?",
        maths=maths.beside,
        code=[Search, sampled, Beside.ways],
    ),
}
page_of_parts("gan", PARTS)
