"""Points from CSV text: two coordinates and a class or a number a line."""

import csv
import io
import math
from dataclasses import dataclass

import torch

from labs.data.plane import Points
from labs.numerals import counted

MOST_POINTS = 2000
MOST_CLASSES = 5
LONGEST = 200_000  # characters
LARGEST = 1e30  # size of a number
REACH = 0.9  # of the plane, that points from elsewhere fill


@dataclass(frozen=True)
class Table:
    """Points that were read, and what was done to them, in a sentence."""

    points: Points
    remark: str


def _number(text: str, line: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"Line {line}: {what} should be a number, not “{text.strip()[:20]}”.")
    if abs(value) > LARGEST:
        most = f"{LARGEST:g}".replace("+", "")
        raise ValueError(
            f"Line {line}: {what} should lie between -{most} and {most}, not “{text.strip()[:20]}”."
        )
    return value


def read(text: str) -> Table:
    """Return the points in `text`: lines of x1, x2, label; a first line of names is skipped.

    Labels that are whole numbers or words are classes; other numbers are regressed on.
    Raises ValueError in one sentence that names the line and what was expected.
    """
    if len(text) > LONGEST:
        raise ValueError(f"The text has {len(text):,} characters; the limit is {LONGEST:,}.")
    try:
        dialect = csv.Sniffer().sniff(text[:2000], ",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [(i, row) for i, row in enumerate(csv.reader(io.StringIO(text), dialect), 1) if row]
    except csv.Error:
        raise ValueError("This is no CSV: lines of x1, x2, label are expected.") from None
    if rows and len(rows[0][1]) == 3 and not _is_number(rows[0][1][0]):
        rows = rows[1:]  # a line of names
    if len(rows) < 2:
        raise ValueError("At least two lines of x1, x2, label are expected.")
    if len(rows) > MOST_POINTS:
        raise ValueError(f"There are {len(rows):,} points; the limit is {MOST_POINTS:,}.")
    x, labels = [], []
    for line, row in rows:
        if len(row) != 3:
            raise ValueError(
                f"Line {line}: three values x1, x2, label are expected, not {len(row)}."
            )
        x.append([_number(row[k], line, f"x{k + 1}") for k in range(2)])
        labels.append(row[2].strip())
        if not labels[-1]:
            raise ValueError(f"Line {line}: a label is expected after x1 and x2.")
    lines = [line for line, _ in rows]
    return _table(torch.tensor(x, dtype=torch.float64).T, labels, lines)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _table(x: torch.Tensor, labels: list[str], lines: list[int]) -> Table:
    remarks = []
    if x.abs().max() > 1:
        low, high = x.amin(1, keepdim=True), x.amax(1, keepdim=True)
        x = REACH * (2 * (x - low) / (high - low).clamp_min(1e-12) - 1)
        remarks.append("The coordinates were stretched to fill the plane.")
    kinds = sorted(set(labels), key=lambda k: (float(k) if _is_number(k) else 0.0, k))
    numbers = all(_is_number(k) for k in kinds)
    if numbers and not all(float(k) == int(float(k)) for k in kinds if math.isfinite(float(k))):
        labelled = zip(labels, lines, strict=True)
        y = torch.tensor([_number(label, line, "the label") for label, line in labelled])
        if y.abs().max() > 1:
            y = y / y.abs().max()
            remarks.append("The numbers were divided by the largest.")
        return Table(Points(x.float(), y, 0), " ".join(remarks) or f"{counted(len(y), 'point')}.")
    if len(kinds) > MOST_CLASSES:
        raise ValueError(f"There are {len(kinds)} classes; the limit is {MOST_CLASSES}.")
    y = torch.tensor([kinds.index(k) for k in labels])
    remarks.append(f"{counted(len(y), 'point')} of {counted(len(kinds), 'class')}.")
    return Table(Points(x.float(), y, max(2, len(kinds))), " ".join(remarks))
