"""What the lab shows: each function puts one picture into the frame."""

from typing import TYPE_CHECKING

from labs.live import Frame
from labs.sequences.language.inside import unit_over_time
from labs.sequences.language.view import text, units

if TYPE_CHECKING:
    from labs.sequences.language.writer import Writer


def frame(lab: "Writer") -> Frame:
    """Return what there is to see of the writer now, as far as its cards are in sight."""
    frame = Frame(notes={"settings": lab.settings, "colors": {}, "titles": {}})
    values = unit_over_time(lab.page.model, lab.page.past(), lab.layer, lab.unit)
    text.color(frame, lab, values)
    text.odds(frame, lab)
    if lab.sees("inside"):
        units.units(frame, lab)
        units.cell(frame, lab, values)
    if lab.sees("beside"):
        lab.others.tell(frame, lab)
    if lab.sees("tracked"):
        units.tracked(frame, lab)
    address = dict.fromkeys(("page", "layer", "unit", "color"), "") | lab.address()
    frame.notes |= {"met": sorted(lab.met), "address": address}
    frame.notes["say"] = f"{len(lab.page)} characters on the page."
    return frame
