"""Layout conventions: the shape of dy/dx when y and x are scalars, vectors or matrices.

In numerator layout the rows of dy/dx go with y, in denominator layout with x; one is the transpose
of the other.  Magnus & Neudecker, "Matrix Differential Calculus", 3rd ed., Wiley 2019.
"""

from dataclasses import dataclass

Shape = tuple[int, int]  # rows, columns; a vector is a column
KINDS = ("scalar", "vector", "matrix")
LAYOUTS = ("numerator", "denominator")


def derivative(y: Shape, x: Shape, layout: str) -> Shape | None:
    """Return the shape of dy/dx, or None where two dimensions are too few.

    y and x: shapes (1, 1), (n, 1), or (p, q) of a matrix, of which the other must then be scalar.
    """
    if layout not in LAYOUTS:
        raise ValueError(f"A layout is numerator or denominator, not {layout!r}.")
    if y[1] > 1 or x[1] > 1:  # a matrix on one side
        if y == (1, 1):
            found = (x[1], x[0])
        elif x == (1, 1):
            found = y
        else:
            return None
    else:
        found = (y[0], x[0])
    return found if layout == "numerator" else (found[1], found[0])


def table(m: int, n: int, p: int, q: int, layout: str) -> list[list[str]]:
    """Return the shapes of dy/dx for y scalar, vector (m) or matrix (p x q) against x scalar,
    vector (n) or matrix (p x q), a row for each kind of y.
    """
    ys: tuple[Shape, ...] = ((1, 1), (m, 1), (p, q))
    xs: tuple[Shape, ...] = ((1, 1), (n, 1), (p, q))
    rows = []
    for y in range(3):
        row = []
        for x in range(3):
            # a matrix may have one column only and still be a matrix
            many = (y == 2 and x != 0) or (x == 2 and y != 0)
            shape = None if many else _of_kinds(ys[y], xs[x], y, x, layout)
            row.append(f"{shape[0]} × {shape[1]}" if shape else "more than two dimensions")
        rows.append(row)
    return rows


def _of_kinds(y: Shape, x: Shape, kind_y: int, kind_x: int, layout: str) -> Shape:
    if kind_x == 2:
        found = (x[1], x[0])
    elif kind_y == 2:
        found = y
    else:
        found = (y[0], x[0])
    return found if layout == "numerator" else (found[1], found[0])


@dataclass(frozen=True)
class Answer:
    """One answer of the quiz, with the shapes that it would need."""

    letter: str
    formula: str
    shapes: str
    right: bool
    verdict: str


def quiz(k: int, n: int) -> list[Answer]:
    """Return the lecture's chain-rule quiz for y scalar, u: (k), x: (n), in denominator layout.

    There dy/du is k x 1 and du/dx is n x k, so dy/dx = (du/dx)(dy/du), n x 1.
    """
    a, b = derivative((1, 1), (k, 1), "denominator"), derivative((k, 1), (n, 1), "denominator")
    ta, tb = a[::-1], b[::-1]
    wanted = derivative((1, 1), (n, 1), "denominator")
    options = (
        ("A", r"\frac{\partial y}{\partial u}\,\frac{\partial u}{\partial x}", a, b, False),
        ("B", r"\left(\frac{\partial y}{\partial u}\right)^{\!\top}\frac{\partial u}{\partial x}",
         ta, b, False),
        ("C", r"\frac{\partial y}{\partial u}\left(\frac{\partial u}{\partial x}\right)^{\!\top}",
         a, tb, False),
        ("D", r"\left(\frac{\partial y}{\partial u}\right)^{\!\top}"
         r"\left(\frac{\partial u}{\partial x}\right)^{\!\top}", ta, tb, False),
        ("E", r"\left(\frac{\partial y}{\partial u}\,\frac{\partial u}{\partial x}\right)^{\!\top}",
         a, b, True),
    )  # fmt: skip
    return [_judge(*option, wanted) for option in options] + [
        Answer("F", r"\text{none of these}", "", True,
               f"Right: it is (∂u/∂x)(∂y/∂u), {_words(b)} times {_words(a)} = {_words(wanted)}.")
    ]  # fmt: skip


def _judge(
    letter: str, formula: str, left: Shape, right: Shape, turned: bool, wanted: Shape
) -> Answer:
    shapes = f"{_words(left)} times {_words(right)}"
    if left[1] != right[0]:
        return Answer(letter, formula, shapes, False, "These two cannot be multiplied.")
    found = (left[0], right[1])[:: -1 if turned else 1]
    if found != wanted:
        verdict = f"It is {_words(found)}, but ∂y/∂x in this layout is {_words(wanted)}."
    else:
        verdict = f"It has the shape {_words(found)} by coincidence; for other sizes it has not."
    return Answer(letter, formula, shapes, False, verdict)


def _words(shape: Shape) -> str:
    return f"{shape[0]} × {shape[1]}"
