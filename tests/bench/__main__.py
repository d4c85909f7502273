"""python -m tests.bench [NAME] [--json]"""

from labs import process

process.prepare()  # before anything imports torch

import argparse  # noqa: E402
import importlib  # noqa: E402
import json  # noqa: E402
import pkgutil  # noqa: E402
from dataclasses import asdict  # noqa: E402

import tests.bench  # noqa: E402
from tests.bench.measure import table  # noqa: E402


def main() -> None:
    """Run the benchmarks and print a table, or with --json one object a row."""
    names = [
        m.name
        for m in pkgutil.iter_modules(tests.bench.__path__)
        if m.name not in tests.bench.HELPERS
    ]
    parser = argparse.ArgumentParser(description="Measure what must be fast.")
    parser.add_argument("name", nargs="?", choices=names, help="only this benchmark")
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    wanted = parser.parse_args()
    for name in [wanted.name] if wanted.name else names:
        rows = list(importlib.import_module(f"tests.bench.{name}").rows())
        if wanted.json:
            for row in rows:
                print(json.dumps(asdict(row)), flush=True)
        elif rows:
            print(f"{name}\n{table(rows)}\n", flush=True)


if __name__ == "__main__":
    main()
