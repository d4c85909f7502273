"""What a hand must search for on the translation page."""

from labs.sequences.translation.experiment import Translate

UNSURE = "Tom gave Mary a red flower because he loves her."


def mute(lab: Translate) -> None:
    """Switch units off, the busiest first, until the sentence becomes another."""
    lab.receive({"panel": "english", "kind": "text", "value": UNSURE})
    first = lab.trace.text
    busy = lab.trace.encoded.states[0].abs().mean(0).argsort(descending=True)
    for unit in busy.tolist():
        side, row = divmod(unit, lab.net.forwards.hidden_size)
        click = {"panel": "states", "kind": "click", "unit": side, "row": row, "col": 0}
        lab.receive(click)
        if lab.trace.text != first:
            return
        lab.receive(click)
