"""What the neuron page asks a visitor to try."""

from labs.basics.neuron.layers import Layers
from labs.basics.neuron.learner import Learner
from labs.live.challenges import Challenge


def _learned(gate: str, unit: Learner, layers: Layers) -> bool:
    nothing = not unit.start.any()
    return gate == "NAND" and unit.kind == "perceptron" and nothing and unit.right == 4


CHALLENGES = (
    Challenge("and", "Make an OR by dragging the line.", "Only (0, 0) stays on the orange side.",
              lambda gate, unit, layers: gate == "OR" and unit.by_hand
              and unit.right == len(unit.y)),
    Challenge("learn", "Let the perceptron rule find a NAND from nothing.",
              "Choose NAND and perceptron, start from zero, and play.", _learned),
    Challenge("three", "On XOR, drag the line until three of four are right; try for the fourth.",
              "Any OR does it.  The fourth would need a second line.",
              lambda gate, unit, layers: gate == "XOR" and unit.by_hand and unit.right == 3),
    Challenge("xnor", "Build XNOR from two layers.",
              "The second unit is (NOT x1) AND (NOT x2); the output is the OR of the two.",
              lambda gate, unit, layers: layers.xnor),
)  # fmt: skip
