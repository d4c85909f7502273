"""What do pictures consist of?  Features made by hand and features that a network learned."""

from labs.vision.features import formulas
from labs.vision.features.corners import Corners, harris
from labs.vision.features.edges import Edges, canny
from labs.vision.features.gradient import sobel
from labs.vision.features.gradients import Histograms, Inverse, blocks, cells, differences
from labs.vision.features.keypoints import Keypoints
from labs.vision.features.keypoints.points import changed, match, moved, sampled
from pages.ui.cards.features import by_hand
from pages.ui.page import Part, page_of_parts


def seen(lab: Keypoints) -> formulas.Blocks:
    """The ratio test with the numbers of the moment."""
    now = lab.matches("sift")
    return formulas.sift(lab.settings, len(now.pairs), int(now.right.sum()), now.seen)


PARTS = {
    "edges": Part(
        lab=Edges,
        cards=by_hand.EDGES,
        title="Edges",
        question="Which pixels are edges? Point at one, and move the thresholds.",
        maths=lambda lab: formulas.edges(lab.settings, lab.stages, lab.at),
        code=[sobel, canny.canny, canny.along, canny.joined],
        sources=[("Canny (1986), A computational approach to edge detection",
                  "https://doi.org/10.1109/TPAMI.1986.4767851")],
    ),
    "corners": Part(
        lab=Corners,
        cards=by_hand.CORNERS,
        title="Corners",
        question="What makes a corner? Point anywhere, and see the gradients around it.",
        maths=lambda lab: formulas.corners(*lab.evidence()[:3]),
        code=[harris],
        sources=[("Harris & Stephens (1988), A combined corner and edge detector",
                  "https://doi.org/10.5244/C.2.23")],
    ),
    "HOG": Part(
        lab=Histograms,
        cards=by_hand.HOG,
        title="Histograms of gradients",
        question="What is left of a picture in its directions? Point at a cell; watch the picture "
        "being made again.",
        maths=lambda lab: formulas.hog(lab.settings, lab.side // lab.settings["cell"],
                                       lab.inverse.goal.numel()),
        code=[differences, cells, blocks, Inverse],
        sources=[("Dalal & Triggs (2005), Histograms of oriented gradients for human detection",
                  "https://doi.org/10.1109/CVPR.2005.177"),
                 ("Vondrick et al. (2013), HOGgles", "https://arxiv.org/abs/1312.6034"),
                 ("Mahendran & Vedaldi (2015), Understanding deep image representations by "
                  "inverting them", "https://arxiv.org/abs/1412.0035")],
        opening=80,
    ),
    "SIFT": Part(
        lab=Keypoints,
        cards=by_hand.SIFT,
        title="Key points",
        question="What is found again when a picture is turned, scaled and darkened? Do it, and "
        "compare a descriptor made by hand with a learned one.",
        maths=seen,
        code=[changed, moved, sampled, match],
        sources=[("Lowe (2004), Distinctive image features from scale-invariant keypoints",
                  "https://doi.org/10.1023/B:VISI.0000029664.99615.94"),
                 ("Fischer, Dosovitskiy & Brox (2014), Descriptor matching with convolutional "
                  "neural networks", "https://arxiv.org/abs/1405.5769")],
        opening=34,
    ),
}  # fmt: skip
page_of_parts("features", PARTS)
