"""What is worth remembering?  A bottleneck, noise, codes, distributions, machines."""

from functools import partial

from labs import zoo
from labs.data.spoil import gaussian, hole, salt_and_pepper
from labs.generative.autoencoders import (
    Bottleneck,
    Denoising,
    Machine,
    Numbers,
    Plane,
    Pretraining,
    Variational,
)
from labs.generative.autoencoders.bottleneck.net import Coder
from labs.generative.autoencoders.denoising.cleaning import cleanings
from labs.generative.autoencoders.denoising.experiment import NETS as DENOISERS
from labs.generative.autoencoders.kl import kl_terms, kl_to_standard_normal
from labs.generative.autoencoders.nets import NETS as NUMBERED
from labs.generative.autoencoders.numbers.directions import most_different, split, two_numbers
from labs.generative.autoencoders.pca import angles, components, turned
from labs.generative.autoencoders.plane.carpet import carpet
from labs.generative.autoencoders.plane.experiment import NET
from labs.generative.autoencoders.pretraining.stack import (
    Reader,
    Stack,
    contrastive_divergence,
    cost_of_divergence,
    cost_of_step,
)
from labs.generative.autoencoders.variational.elbo import descend, reparametrise, terms
from labs.models.rbm import RBM
from labs.models.vae import DigitVAE
from labs.models.wide import WideAutoencoder
from labs.zoo.train.rbm import gradient
from labs.zoo.train.wide import spoil
from pages.ui.cards.autoencoders import (
    SOURCES,
    bottleneck,
    denoising,
    machine,
    maths,
    numbers,
    plane,
    pretraining,
    variational,
)
from pages.ui.datasets import pick_digits
from pages.ui.page import Part, page_of_parts


def digits(lab: type) -> str:
    """Return the name of the digits that the visitor has chosen for a part."""
    return pick_digits(f"{lab.name}.digits").name


def stored(name: str, _: object) -> bytes:
    """Return the zoo's weights, whatever the lab does."""
    return zoo.stored(name)


def weights(*nets: str) -> list[tuple]:
    """Return the downloads of what some nets of the zoo learned."""
    return [(f"{WEIGHTS}: {net}", f"{net}.safetensors", partial(stored, net)) for net in nets]


WEIGHTS = "Download the weights (safetensors)"
part = partial(Part, sources=SOURCES)
PARTS = {
    "the bottleneck": part(
        lab=Bottleneck,
        cards=bottleneck.CARDS,
        maths=maths.bottleneck,
        code=[Coder.step, components, angles, turned],
        opening=120,
        variant=partial(digits, Bottleneck),
    ),
    "denoising": part(
        lab=Denoising,
        cards=denoising.CARDS,
        title="Denoising",
        question="What does a net learn that has more units than pixels? Spoil your drawing, and "
        "see.",
        maths=maths.denoising,
        code=[WideAutoencoder, gaussian, salt_and_pepper, hole, spoil, cleanings],
        files=weights(*DENOISERS),
    ),
    "a plane of codes": part(
        lab=Plane,
        cards=plane.CARDS,
        title="A plane of codes",
        question="What lies between a 4 and a 9? Drag z over the plane; your drawing is the cross.",
        maths=maths.plane,
        code=[DigitVAE, carpet],
        files=weights(NET),
        variant=partial(digits, Plane),
    ),
    "twenty numbers": part(
        lab=Numbers,
        cards=numbers.CARDS,
        title="Twenty numbers",
        question="Which number of its code holds the slant of your drawing? Move one after the "
        "other.",
        maths=maths.numbers,
        code=[DigitVAE, two_numbers, most_different, split, carpet],
        files=weights(*(kind.net for kind in NUMBERED.values())),
    ),
    "variational": part(
        lab=Variational,
        cards=variational.CARDS,
        title="Variational",
        question="What does it cost to be sure? Turn β while the net learns on.",
        maths=maths.variational,
        code=[reparametrise, kl_terms, kl_to_standard_normal, terms, descend],
        files=[(WEIGHTS, "vae.safetensors", Variational.weights)],
        variant=partial(digits, Variational),
    ),
    "a Boltzmann machine": part(
        lab=Machine,
        cards=machine.CARDS,
        title="A Boltzmann machine",
        question="What belongs to the upper half of a digit? Hold it fast, and press play.",
        maths=maths.machine,
        code=[RBM, gradient],
    ),
    "layer by layer": part(
        lab=Pretraining,
        cards=pretraining.CARDS,
        title="Layer by layer",
        question="Does it help to learn without labels first? Press play: three nets, the same "
        "cost.",
        maths=maths.pretraining,
        code=[contrastive_divergence, Stack.step, Reader.step, cost_of_divergence, cost_of_step],
        opening=300,
        variant=partial(digits, Pretraining),
    ),
}
page_of_parts("autoencoders", PARTS)
