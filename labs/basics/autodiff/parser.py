"""From text to a program: Python's own grammar reads it, a whitelist decides, nothing is run.

An expression may name its parts first: `z = w*x + b; sigmoid(z)`.  Equal subexpressions become one
instruction, so a part that is used twice is one node with two users.
"""

import ast

from labs.basics.autodiff.builder import DEEPEST, Builder
from labs.basics.autodiff.program import Instruction, ParseError, in_levels

LONGEST = 400  # characters
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-*/(),.;= ")


def parse(expression: str) -> tuple[Instruction, ...]:
    """Return the instructions in evaluation order, the output last.

    The order is that of the lecture's trace: variables, constants, then level by level.  Raises
    ParseError, a ValueError of one sentence that names the character.
    """
    if not isinstance(expression, str):
        raise ValueError("An expression is a text.")
    if not expression.strip():
        raise ParseError(0, "the expression is empty; try x1 * x2.")
    if len(expression) > LONGEST:
        raise ParseError(LONGEST, f"an expression has at most {LONGEST} characters.")
    _check_letters(expression)
    try:
        tree = ast.parse(expression.strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError) as fault:
        raise _grammar(fault, expression) from None
    shift = len(expression) - len(expression.lstrip())
    return in_levels(Builder(shift).build(tree.body))


def _check_letters(text: str) -> None:
    depth = 0
    for at, letter in enumerate(text):
        if letter == "^":
            raise ParseError(at, "a power is written **.")
        if letter not in LETTERS:
            raise ParseError(
                at, f"{letter!r} has no place here; letters are a-z, signs + - * / ( )."
            )
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            raise ParseError(at, "this bracket closes nothing.")
        if depth > DEEPEST:
            raise ParseError(at, f"brackets are nested at most {DEEPEST} deep.")
    if depth:
        raise ParseError(
            len(text) - 1, f"{depth} bracket{'s are' * (depth > 1) or ' is'} still open."
        )


def _grammar(fault: Exception, text: str) -> ParseError:
    at = (getattr(fault, "offset", None) or 1) - 1 + len(text) - len(text.lstrip())
    at = min(max(at, 0), len(text) - 1)
    return ParseError(
        at, f"this is no expression; something is missing or too much at {text[at]!r}."
    )
