"""Features made by hand: edges, corners, histograms of gradients, key points."""

from labs.vision.features.corners import Corners
from labs.vision.features.edges import Edges
from labs.vision.features.gradients import NAMES, Histograms
from labs.vision.features.keypoints import Keypoints
from pages.ui.stage import Card, Panel, Transport


def source(size: int, alt: str, title: str = "Picture") -> tuple[Panel, ...]:
    """Return the picture with what brings another: camera, file, clipboard, pad."""
    return (
        Panel("photo", "picture", title, "", "", alt, {"size": size}),
        Panel("camera", "camera"),
        Panel("pad", "x", "Draw here", "", "it is the picture above", "your drawing",
              {"size": size // 2}),
    )  # fmt: skip


def stage(name: str, title: str, alt: str, size: int = 300) -> Panel:
    """Return the panel of one stage."""
    return Panel("photo", name, title, "", "", alt, {"size": size})


EDGES = (
    Card(
        "canny",
        columns=(
            (stage("blurred", "1 · Blur", "the blurred picture"),
             stage("thresholds", "4 · Two thresholds", "weak and strong pixels")),
            (stage("gradient", "2 · Gradient", "the size of the gradient"),
             stage("edges", "5 · Hysteresis", "the edges")),
            (stage("thinned", "3 · Thinning", "the gradient where it is the largest"),
             *source(300, "the picture whose edges are looked for")),
        ),
        controls=Edges.controls,
        hold=True,
    ),
    Card(
        "pixel",
        columns=(
            (Panel("arithmetic", "arithmetic", alt="window, kernels and products",
                   options={"height": 260}),),
            (Panel("table", "pixel", alt="how one pixel was decided",
                   options={"head": ["step", "numbers", "what follows"], "rows": 5, "lines": 1}),),
        ),
        title="The pixel under the pointer",
        wrap=True,
    ),
)  # fmt: skip
CORNERS = (
    Card(
        "harris",
        columns=(
            source(370, "the picture with its corners"),
            (Panel("photo", "response", "Response R", "", "", "det minus k trace squared",
                   {"size": 370}),),
            (Panel("plane", "gradients", "Gradients in the window", "", "",
                   "the gradients of the window's pixels, and their ellipse",
                   {"size": 300, "titles": ["→", "↓"]}),
             Panel("table", "matrix", alt="the structure tensor and its eigenvalues",
                   options={"head": ["of this window", "now"], "rows": 5, "lines": 2,
                            "width": 370})),
        ),
        controls=Corners.controls,
    ),
)  # fmt: skip
HOG = (
    Card(
        "hog",
        columns=(
            source(330, "the picture and its cells"),
            (Panel("photo", "stars", "Histograms", "", "", "a star of strokes for every cell",
                   {"size": 330}),),
            (Panel("bars", "histogram", "One cell", "", "", "the histogram of one cell",
                   {"click": False, "width": 230, "labels": NAMES}),
             Panel("curve", "losses", "Loss of the new picture", "", "",
                   "the loss over steps",
                   {"names": ["loss"], "log": True, "width": 230, "height": 130,
                    "yTitle": "loss"})),
            (Panel("photo", "again", "Made again", "", "", "a picture with the same histograms",
                   {"size": 330, "pointer": False}),),
        ),
        controls=(Transport(), *Histograms.controls),
    ),
)  # fmt: skip
LINES = {"names": ["SIFT", "learned"], "low": 0, "high": 1, "yTitle": "recall",
         "width": 225, "height": 180, "last": False}  # fmt: skip
SIFT = (
    Card(
        "sift",
        columns=(
            (Panel("photo", "both", "The picture, and the same changed", "", "",
                   "two pictures with their key points and matches; click a point",
                   {"size": 800, "hover": False}),
             Panel("camera", "camera"),
             Panel("pad", "x", "Draw here", "", "it is the picture above", "your drawing",
                   {"size": 180})),
            (Panel("image", "first_patch", "The chosen point", "", "", "what its descriptor sees",
                   {"size": 170, "click": False}),
             Panel("image", "first", "Its descriptor", "4 × 4 × 8", "", "16 stars of 8 strokes",
                   {"size": 170, "click": False})),
            (Panel("image", "other_patch", "Its match", "", "", "what the match's descriptor sees",
                   {"size": 170, "click": False}),
             Panel("image", "other", "Its descriptor", "4 × 4 × 8", "", "16 stars of 8 strokes",
                   {"size": 170, "click": False})),
        ),
        controls=Keypoints.controls,
    ),
    Card(
        "stability",
        columns=(
            (Panel("table", "shares", alt="matches and how many are right",
                   options={"head": ["descriptor", "matches", "right", "precision",
                                     "recall"], "rows": 2, "lines": 2, "width": 330}),),
            (Panel("curve", "by_turn", "Turned", "", "nothing else changed",
                   "share of key points found again, by the angle",
                   LINES | {"xTitle": "degrees"}),),
            (Panel("curve", "by_scale", "Scaled", "", "nothing else changed",
                   "share of key points found again, by the scale",
                   LINES | {"xTitle": "scale"}),),
            (Panel("curve", "by_light", "Lit", "", "nothing else changed",
                   "share of key points found again, by the light",
                   LINES | {"xTitle": "brightness"}),),
        ),
        controls=(Transport(step="measure one more", until=False),),
        title="What each survives, measured on this picture",
    ),
)  # fmt: skip
