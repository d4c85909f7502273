"""python -m tests.load: --visitors 30 --seconds 60 --rate 10 --training 0 --rest 0 --json"""

import sys

from tests.bench.measure import Row
from tests.load.command import run
from tests.load.room import Plan, measure


def rows(plan: Plan) -> list[Row]:
    """Fill the room; tell its errors beside the rows."""
    found, errors = measure(plan)
    for error in sorted(set(errors)):
        print(f"{errors.count(error)} x {error[:300]}", file=sys.stderr)
    return found


if __name__ == "__main__":
    run(Plan, rows, "Thirty people draw at once.")
