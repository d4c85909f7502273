"""The command line that the load tests share."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import TypeVar

from tests.bench.measure import Row, table

Plan = TypeVar("Plan")


def run(plan: type[Plan], measure: Callable[[Plan], list[Row]], description: str) -> None:
    """Measure as the command line plans; print a table, or with --json one object a row."""
    parser = argparse.ArgumentParser(description=description)
    for field in fields(plan):
        parser.add_argument(f"--{field.name}", type=field.type, default=field.default)
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    wanted = vars(parser.parse_args())
    as_json = wanted.pop("json")
    rows = measure(plan(**wanted))
    print("\n".join(json.dumps(asdict(row)) for row in rows) if as_json else table(rows))
