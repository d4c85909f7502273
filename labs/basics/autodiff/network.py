"""The same function as a diagram of neurons, where it is one.

A neuron is an activation of a weighted sum (at the output the sum may stand alone).  Weights and
biases are the names that begin with w, b, theta, alpha or beta; all other names are inputs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from labs.basics.autodiff.tape import Node

ACTIVATIONS = ("sigmoid", "tanh", "relu", "sin", "exp")
PARAMETERS = ("w", "b", "theta", "alpha", "beta")


@dataclass(frozen=True)
class Neuron:
    """A unit: where it lies in the trace, its incoming weights, its bias."""

    node: int  # of its output
    total: int  # of the sum before the activation
    weights: tuple[
        tuple[int, int | None, float], ...
    ]  # (source node, weight node or None: 1, sign)
    bias: tuple[int, ...]


@dataclass(frozen=True)
class Network:
    """Inputs (nodes of the trace) and neurons in the order of evaluation."""

    inputs: tuple[int, ...]
    neurons: tuple[Neuron, ...]

    @property
    def order(self) -> list[int]:
        """The nodes that the diagram's circles are: inputs, then neurons."""
        return [*self.inputs, *(neuron.node for neuron in self.neurons)]


def network(nodes: Sequence[Node]) -> Network | None:
    """Return the diagram of a trace, or None where the function is no net of neurons."""
    neurons: dict[int, Neuron] = {}
    inputs: set[int] = set()
    if not _neuron(nodes, len(nodes) - 1, neurons, inputs, top=True) or not inputs:
        return None
    return Network(tuple(sorted(inputs)), tuple(neurons[k] for k in sorted(neurons)))


def _neuron(
    nodes: Sequence[Node], j: int, neurons: dict[int, Neuron], inputs: set[int], top: bool = False
) -> bool:
    """Whether node j is a neuron; if so it and all neurons before it are noted."""
    if j in neurons:
        return True
    node = nodes[j]
    if node.operation in ACTIVATIONS:
        total = node.inputs[0]
    elif top and node.operation in ("add", "sub", "mul"):
        total = j
    else:
        return False
    terms: list[tuple[int, float]] = []
    _terms(nodes, total, 1.0, terms)
    weights, bias = [], []
    for term, sign in terms:
        if _parameter(nodes[term]):
            bias.append(term)
            continue
        pair = _product(nodes, term)
        source, weight = pair if pair else (term, None)
        if nodes[source].operation == "variable":
            inputs.add(source)
        elif not _neuron(nodes, source, neurons, inputs):
            return False
        weights.append((source, weight, sign))
    if not any(weight is not None for _, weight, _ in weights):
        return False
    neurons[j] = Neuron(j, total, tuple(weights), tuple(bias))
    return True


def _terms(nodes: Sequence[Node], j: int, sign: float, found: list[tuple[int, float]]) -> None:
    """Collect the terms of a sum with their signs."""
    node = nodes[j]
    if node.operation in ("add", "sub"):
        _terms(nodes, node.inputs[0], sign, found)
        _terms(nodes, node.inputs[1], sign if node.operation == "add" else -sign, found)
    else:
        found.append((j, sign))


def _product(nodes: Sequence[Node], j: int) -> tuple[int, int] | None:
    """Return (source, weight) of a term that is a parameter times something."""
    if nodes[j].operation != "mul":
        return None
    a, b = nodes[j].inputs
    if _parameter(nodes[a]) and not _parameter(nodes[b]):
        return b, a
    if _parameter(nodes[b]) and not _parameter(nodes[a]):
        return a, b
    return None


def _parameter(node: Node) -> bool:
    named = node.operation == "variable" and node.name.lower().startswith(PARAMETERS)
    return named or node.operation == "constant"
