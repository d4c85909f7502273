"""A program: the instructions of an expression in evaluation order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from labs.numerals import written


class ParseError(ValueError):
    """What is wrong with an expression, in one sentence, and at which character (from 0)."""

    def __init__(self, at: int, sentence: str) -> None:
        super().__init__(f"Character {at + 1}: {sentence}")
        self.at = at


@dataclass(frozen=True)
class Instruction:
    """One node of the program: a variable, a constant, or an operation on earlier nodes."""

    operation: str  # "variable", "constant" or a key of OPERATIONS
    inputs: tuple[int, ...] = ()
    name: str = ""
    number: float = 0.0  # of a constant
    at: int = 0  # where it stands in the text


def in_levels(made: Sequence[Instruction]) -> tuple[Instruction, ...]:
    """Order instructions by level and name those that have no name."""
    levels: list[int] = []
    for one in made:
        levels.append(1 + max((levels[i] for i in one.inputs), default=-1))
    constant = [one.operation == "constant" for one in made]
    seen = [one.at if not one.inputs else i for i, one in enumerate(made)]  # leaves: as written
    order = sorted(range(len(made)), key=lambda i: (levels[i], constant[i], seen[i]))
    place = {old: new for new, old in enumerate(order)}
    names = {one.name for one in made}
    free = (c for c in "vnqk" if not any(n[:1] == c and n[1:].isdigit() for n in names))
    letter = next(free, "v__")  # no name that is typed has two _ in a row
    program, count = [], 0
    for old in order:
        one = made[old]
        if one.operation == "constant":
            name = written(one.number, "g")
        elif one.operation == "variable":
            name = one.name
        else:
            count += 1
            name = one.name or f"{letter}{count}"
        program.append(replace(one, name=name, inputs=tuple(place[i] for i in one.inputs)))
    return tuple(program)


def variables(program: Sequence[Instruction]) -> tuple[str, ...]:
    """Return the names of the variables in the order in which they appear."""
    return tuple(one.name for one in program if one.operation == "variable")
