"""The cards of the convolution lab, a module for each of its parts, and what they share."""

from pages.ui.stage import Card, Panel

SOURCES = (
    ("Dumoulin & Visin (2016): A guide to convolution arithmetic for deep learning",
     "https://arxiv.org/abs/1603.07285"),
    ("LeCun et al. (1998): Gradient-based learning applied to document recognition",
     "http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf"),
    ("Zeiler, Krishnan, Taylor & Fergus (2010): Deconvolutional networks",
     "https://doi.org/10.1109/CVPR.2010.5539957"),
    ("Daugman (1985): Uncertainty relation for resolution in space, spatial frequency, and "
     "orientation", "https://doi.org/10.1364/JOSAA.2.001160"),
    ("Yu & Koltun (2015): Multi-scale context aggregation by dilated convolutions",
     "https://arxiv.org/abs/1511.07122"),
)  # fmt: skip


def inspect(title: str, alt: str, span: int) -> Card:
    """Return the card on which one number of a picture is made, term by term."""
    panel = Panel("arithmetic", "arithmetic", alt=alt)
    return Card("inspect", columns=((panel,),), title=title, span=span)
