"""A trace node by node: the moments of the forward pass, then those of the backward pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from labs.basics.autodiff.passes import Visit, by_increments, by_users
from labs.basics.autodiff.program import Instruction
from labs.basics.autodiff.tape import Node


@dataclass(frozen=True)
class Moment:
    """What is known at one moment, and which node it is about."""

    phase: str  # "forward" or "backward"
    at: int  # 0: before anything was computed
    version: str  # of the backward pass: "users" or "increments"
    node: int  # the node at work
    valued: frozenset[int]  # nodes whose value is known
    visit: Visit | None  # of the backward pass
    visited: frozenset[int]  # nodes whose adjoint is complete
    touched: frozenset[int]  # nodes whose adjoint has been written to


def forward_order(program: Sequence[Instruction | Node]) -> list[int]:
    """Return the nodes that the forward pass computes, in order; leaves are given."""
    return [j for j, one in enumerate(program) if one.inputs]


def backward_order(program: Sequence[Instruction | Node], version: str) -> list[int]:
    """Return the nodes that the backward pass visits; a constant needs no derivative.

    Where a visit increments the inputs, leaves have nothing left to do.
    """
    leaves = version == "users"
    visited = [j for j, one in enumerate(program) if one.inputs or (leaves and _variable(one))]
    return visited[::-1]


def count(program: Sequence[Instruction | Node], version: str) -> int:
    """Return how many moments there are beside the beginning."""
    return len(forward_order(program)) + len(backward_order(program, version))


def moment_at(nodes: Sequence[Node], version: str, at: int) -> Moment:
    """Return moment `at`: 0 is before anything was computed, `count` after everything was."""
    ahead, back = forward_order(nodes), backward_order(nodes, version)
    leaves = {j for j, one in enumerate(nodes) if not one.inputs}
    valued = frozenset(leaves | set(ahead[:at]))
    done = at - len(ahead)
    if done <= 0:
        current = ahead[at - 1] if at and ahead else 0
        return Moment("forward", at, version, current, valued, None, frozenset(), frozenset())
    walk = by_users if version == "users" else by_increments
    visits = {visit.node: visit for visit in walk(nodes, [one.partials for one in nodes])}
    current = back[done - 1]
    visited = set(back[:done])
    touched = set(visited) | {len(nodes) - 1}
    if version == "increments":
        touched |= {i for j in visited for i in nodes[j].inputs}
        waiting = {i for j in back[done:] for i in nodes[j].inputs}
        visited |= {i for i in touched if not nodes[i].inputs and i not in waiting}
    return Moment(
        "backward", at, version, current, valued, visits[current], frozenset(visited),
        frozenset(touched),
    )  # fmt: skip


def _variable(one: Instruction | Node) -> bool:
    return one.operation == "variable"
