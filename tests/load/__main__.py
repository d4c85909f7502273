"""python -m tests.load: --visitors 30 --seconds 60 --rate 10 --training 0 --rest 0 --json"""

import argparse
import json
from dataclasses import asdict, fields

from tests.bench.measure import table
from tests.load.room import Plan, measure


def main() -> None:
    """Fill the room, and print a table, or with --json one object a row."""
    parser = argparse.ArgumentParser(description="Thirty people draw at once.")
    for field in fields(Plan):
        parser.add_argument(f"--{field.name}", type=field.type, default=field.default)
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    wanted = vars(parser.parse_args())
    as_json = wanted.pop("json")
    rows, errors = measure(Plan(**wanted))
    print("\n".join(json.dumps(asdict(row)) for row in rows) if as_json else table(rows))
    for error in sorted(set(errors)):
        print(f"{errors.count(error)} x {error[:300]}")


if __name__ == "__main__":
    main()
