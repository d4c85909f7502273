"""What is worth remembering?  A bottleneck, and a plane of codes."""

from functools import partial

from labs.generative.autoencoders import Bottleneck, Plane
from labs.generative.autoencoders.bottleneck.net import Coder
from labs.generative.autoencoders.pca import angles, components, turned
from labs.generative.autoencoders.plane.carpet import carpet
from labs.models.vae import DigitVAE
from pages.ui.cards.autoencoders import SOURCES, bottleneck, maths, plane
from pages.ui.datasets import pick_digits
from pages.ui.page import Part, page_of_parts


def digits(lab: type) -> str:
    """Return the name of the digits that the visitor has chosen for a part."""
    return pick_digits(f"{lab.name}.digits").name


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
    "a plane of codes": part(
        lab=Plane,
        cards=plane.CARDS,
        title="A plane of codes",
        question="What lies between a 4 and a 9? Drag z over the plane; your drawing is the cross.",
        maths=maths.plane,
        code=[DigitVAE, carpet],
        variant=partial(digits, Plane),
    ),
}
page_of_parts("autoencoders", PARTS)
