"""What the neuron page asks a visitor to try."""

from typing import TYPE_CHECKING

from labs.live.challenges import Challenge

if TYPE_CHECKING:
    from labs.basics.neuron.experiment import Neuron


def _by_hand(lab: "Neuron", gate: str) -> bool:
    return lab.by_hand and lab.settings["gate"] == gate and lab.right == len(lab.y)


CHALLENGES = (
    Challenge("and", "Make an OR by dragging the line.", "Only (0, 0) stays on the orange side.",
              lambda lab: _by_hand(lab, "OR")),
    Challenge("learn", "Let the perceptron rule find a NAND from nothing.",
              "Choose NAND and perceptron, start from zero, and play.",
              lambda lab: lab.settings["gate"] == "NAND" and lab.settings["kind"] == "perceptron"
              and lab.updates > 0 and lab.right == 4),
    Challenge("three", "Get three of four right on XOR, and try for the fourth.",
              "Any OR does it.  The fourth would need a second line.",
              lambda lab: lab.settings["gate"] == "XOR" and lab.right == 3),
    Challenge("xnor", "Build XNOR from two layers.",
              "The second unit is (NOT x1) AND (NOT x2); the output is the OR of the two.",
              lambda lab: lab.layers.xnor),
)  # fmt: skip
