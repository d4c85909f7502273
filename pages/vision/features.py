"""What do pictures consist of?  Features made by hand and features that a network learned."""

import streamlit as st

from labs.live import Session
from labs.vision.features import formulas
from labs.vision.features.body import stage_maps
from labs.vision.features.corners import Corners, harris
from labs.vision.features.edges import Edges, canny
from labs.vision.features.gradient import sobel
from labs.vision.features.gradients import Histograms, Inverse, blocks, cells, differences
from labs.vision.features.head import fit, leave_one_out, optimum, solved
from labs.vision.features.keypoints import Keypoints
from labs.vision.features.keypoints.points import changed, match, moved, sampled
from labs.vision.features.learned import Learned, places
from labs.vision.features.teach import Teach
from labs.vision.features.teach.answer import cam
from labs.vision.features.teach.bundle import MAX_BYTES
from labs.vision.features.tune import Tune, runs
from pages.ui import lesson
from pages.ui.cards.features import by_hand, learned, teach, tune
from pages.ui.page import Part, page_of_parts


def own_set(session: Session) -> None:
    """Go on from a saved set."""
    with st.popover("Your set"):
        lesson.bring(session, "A set that was saved here (classes.zip)", MAX_BYTES,
                     "features:set")  # fmt: skip
        st.caption("Pictures and names stay in this session: no link holds them. Save them under "
                   "Code.")  # fmt: skip


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
    "learned": Part(
        lab=Learned,
        cards=learned.CARDS,
        title="Learned features",
        question="What does a network look for? Choose a kernel or a map, and see where it "
        "answers.",
        code=[places.strongest, places.peaks, places.patches, stage_maps],
        sources=[("Zeiler & Fergus (2014), Visualizing and understanding convolutional networks",
                  "https://arxiv.org/abs/1311.2901"),
                 ("Tan & Le (2019), EfficientNet", "https://arxiv.org/abs/1905.11946")],
    ),
    "your own classes": Part(
        lab=Teach,
        cards=teach.CARDS,
        title="Teach it your own classes",
        question="How few examples does a trained net need? Hold a button before the camera, draw, "
        "or bring files.",
        maths=lambda lab: formulas.head(lab.settings["l2"], lab.heads, lab.seen, lab.examples),
        code=[fit, leave_one_out, optimum, solved, cam],
        sources=[("Carney et al. (2020), Teachable Machine",
                  "https://doi.org/10.1145/3334480.3382839"),
                 ("Donahue et al. (2014), DeCAF", "https://arxiv.org/abs/1310.1531"),
                 ("Selvaraju et al. (2017), Grad-CAM", "https://arxiv.org/abs/1610.02391")],
        files=[("Download the set and the head (zip)", "classes.zip", Teach.bundle)],
        head=own_set,
    ),
    "two heads": Part(
        lab=Tune,
        cards=tune.CARDS,
        title="Two heads, one body",
        question="What does it cost to train the body, too? Press play, and see what it forgets.",
        maths=lambda lab: formulas.heads(lab.settings),
        opening=6,
        code=[runs],
        sources=[("Caruana (1997), Multitask learning",
                  "https://doi.org/10.1023/A:1007379606734"),
                 ("Yosinski et al. (2014), How transferable are features in deep neural networks?",
                  "https://arxiv.org/abs/1411.1792"),
                 ("Goodfellow et al. (2013), An empirical investigation of catastrophic forgetting",
                  "https://arxiv.org/abs/1312.6211")],
    ),
}  # fmt: skip
page_of_parts("features", PARTS)
