"""What the backprop lab shows at a moment: diagram, matrices, formula, table, paths and batch."""

from typing import TYPE_CHECKING

import torch

from labs.basics.backprop import formulas, picture, tables, touch, words
from labs.basics.backprop.notation import names
from labs.basics.backprop.passes import Numbers
from labs.live import Frame

if TYPE_CHECKING:
    from labs.basics.backprop.experiment import Backprop


def frame(lab: "Backprop", n: Numbers) -> Frame:
    """Return the passes of the example that is open as far as they have been walked."""
    s, notation = lab.settings, str(lab.settings["notation"])
    done = lab.order[: lab.moment]
    now = done[-1] if done else lab.order[0]
    top = names(notation, len(n.weights) - 1, len(n.weights))
    activations = [layer.activation for layer in lab.net.layers]
    each = lab.each()
    formula = formulas.explain(
        n, each if s["batch"] == "all" else [n], now, notation, activations, lab.loss,
        float(s["rate"]),
    )  # fmt: skip
    loss, mean = words.number(n.loss), words.number(lab.mean_loss())
    losses = torch.tensor(lab.history.moments).T.contiguous()  # (2, moments): updates, mean loss
    frame = Frame(values=picture.matrices(n, set(done)) | {"losses": losses})
    frame.notes = {
        "settings": s,
        "diagram": picture.diagram(n, set(done), done[-1] if done else None, lab.picked, notation),
        "formula": formula,
        "table": tables.table(n, notation, done, now),
        "paths": tables.paths_to(n, *lab.chosen, notation),
        "batch": tables.batch(each, lab.chosen, lab.at, lab.loss, top.loss),
        "data": touch.sliders(lab),
        "timeline": {"at": lab.moment, "count": len(lab.order), "said": phases(lab)},
        "titles": {
            "diagram": f"{top.loss} = {loss}, mean over all {mean}",
            "losses": f"after {lab.updates} updates",
        },
        "met": sorted(lab.met),
        "say": f"{formula['title']}.  The loss is {loss}.",
    }
    return frame


def phases(lab: "Backprop") -> list:
    """Return the parts of the timeline, each with the moment at which it ends."""
    ahead, end = 2 * len(lab.net.layers), len(lab.order)
    return [["forwards", ahead], ["loss", ahead + 1], ["backwards", end - 1], ["update", end]]
