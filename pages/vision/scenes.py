"""Draw a scene: which pixel, which box?"""

from functools import partial

import streamlit as st

from labs import zoo
from labs.live import Session
from labs.models import boxes as box_code
from labs.models import scene_loss
from labs.models.scene import decode, enlarge
from labs.vision.scenes import formulas
from labs.vision.scenes.canvas import NET
from labs.vision.scenes.detection import Boxes
from labs.vision.scenes.draw import Draw
from labs.vision.scenes.learning import Learning
from labs.vision.scenes.score import Score
from labs.vision.scenes.segmentation import Pixels, contributions
from labs.vision.scenes.sliding import convolutional, dense
from labs.vision.scenes.suppression import walk
from labs.vision.scenes.upsampling import transposed
from pages.ui import lesson
from pages.ui.cards.scenes import SOURCES, boxes, draw, learn, pixels, score
from pages.ui.page import Part, page_of_parts
from pages.ui.pictures import brought

DRAWN = "scenes:drawn"  # where the scene is kept while the visitor changes to another part


def carry(session: Session, name: str) -> None:
    """Take the scene along from the part where it was drawn."""
    kept = st.session_state.get(DRAWN)
    with session.changing() as lab:
        fresh = lab.pad.example and kept is not None and kept[0] != name
        if fresh:
            lab.take(kept[1])
        elif not lab.pad.example:
            st.session_state[DRAWN] = (name, list(lab.pad.drawing.strokes))


def head(name: str, photograph: bool = False):
    """Return what stands beside Share: a sketch of one's own; and the scene is carried along."""

    def here(session: Session) -> None:
        carry(session, name)
        if not photograph:
            return
        with st.popover("Photograph a sketch"):
            picture = brought(name, "A sketch on paper")
            if picture is None:
                return
            try:
                with session.changing() as lab:
                    lab.put(picture)
            except ValueError as fault:  # the drawing stays
                lesson.notice(str(fault))

    return here


WEIGHTS = (
    "Download the weights (safetensors)",
    f"{NET}.safetensors",
    lambda _: zoo.stored(NET),
)
part = partial(Part, sources=SOURCES)
PARTS = {
    "draw": part(
        lab=Draw,
        cards=draw.CARDS,
        maths=formulas.draw,
        code=[decode, box_code.iou],
        head=head(Draw.name, photograph=True),
        files=[WEIGHTS],
    ),
    "boxes": part(
        lab=Boxes,
        cards=boxes.CARDS,
        title="From cells to boxes",
        question="How do 576 guesses become a few boxes? Point at a cell; then play the "
        "suppression.",
        maths=formulas.boxes,
        code=[decode, box_code.iou, box_code.nms, walk],
        head=head(Boxes.name),
        files=[WEIGHTS],
    ),
    "pixels": part(
        lab=Pixels,
        cards=pixels.CARDS,
        title="From coarse scores to pixels",
        question="How does a net that shrinks its picture colour every pixel? Draw, and compare "
        "the strides.",
        maths=formulas.pixels,
        code=[enlarge, contributions, transposed, dense, convolutional],
        head=head(Pixels.name),
        files=[WEIGHTS],
    ),
    "how good": part(
        lab=Score,
        cards=score.CARDS,
        title="How good is it?",
        question="How many of its boxes are right, and how many things does it find? Drag the "
        "threshold.",
        maths=formulas.score,
        code=[box_code.match, box_code.precision_recall, box_code.average_precision],
        opening=60,
    ),
    "train it": part(
        lab=Learning,
        cards=learn.CARDS,
        title="Train it",
        question="How do boxes find their place? Three kinds of things, from random weights.",
        maths=formulas.learning,
        code=[scene_loss.assign, scene_loss.losses, scene_loss.paired_iou],
        opening=20,
    ),
}
page_of_parts("scenes", PARTS)
