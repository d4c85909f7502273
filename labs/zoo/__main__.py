"""The zoo's command line: `python -m labs.zoo train NAME --data DIR` (or `--all`), and `list`."""

import argparse
import datetime
import hashlib
import json
import os
import sys
from concurrent.futures import as_completed
from pathlib import Path

from safetensors.torch import save

from labs import cluster, zoo
from labs.files import writing
from labs.zoo.train.recipes import RECIPES


def remake(name: str, data: Path) -> tuple[bytes, dict]:
    """Train the checkpoint `name` from the files in `data`; return its file and its entry."""
    recipe = RECIPES[name]
    result = recipe.train(data, recipe.seed, print)
    weights = {k: v.to(recipe.stored_as).contiguous() for k, v in result.model.state_dict().items()}
    content = save(weights)
    entry = {
        "file": f"{name}.safetensors",
        "sha256": hashlib.sha256(content).hexdigest(),
        "architecture": type(result.model).__name__,
        "parameters": sum(p.numel() for p in result.model.parameters()),
        "data": recipe.data,
        "seed": recipe.seed,
        "command": f"python -m labs.zoo train {name} --data DIR",
        "date": datetime.date.today().isoformat(),
        "metrics": {key: round(value, 5) for key, value in result.metrics.items()},
    }
    return content, entry


def keep(name: str, content: bytes, entry: dict) -> None:
    """Write a checkpoint and its entry of the manifest."""
    with writing(zoo.WEIGHTS / f"{name}.safetensors") as file:
        file.write(content)
    path = zoo.HERE / "manifest.json"
    entries = json.loads(path.read_text()) | {name: entry}
    with writing(path) as file:
        file.write((json.dumps(dict(sorted(entries.items())), indent=2) + "\n").encode())
    print(name, json.dumps(entry["metrics"]))


def train(name: str, data: Path) -> None:
    """Remake the checkpoint `name` from the files in `data`, and write its manifest entry."""
    keep(name, *remake(name, data))


def train_all(data: Path) -> int:
    """Remake every checkpoint, as many at once as there are workers; each is kept when it comes.

    Returns how many could not be made.
    """
    jobs = {cluster.submit(remake, name, data): name for name in RECIPES}
    failed = 0
    for done, job in enumerate(as_completed(jobs), 1):
        try:
            keep(jobs[job], *job.result())
        except Exception as fault:  # the others go on
            failed += 1
            print(f"{jobs[job]} is not remade: {fault}", file=sys.stderr)
        print(f"{done} of {len(jobs)}", flush=True)
    return failed


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m labs.zoo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="what the zoo holds")
    again = commands.add_parser("train", help="remake a checkpoint")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("name", nargs="?", choices=RECIPES)
    which.add_argument("--all", action="store_true", help="all of them, on the cluster")
    again.add_argument("--data", type=Path, required=True, help="folder with the training data")
    again.add_argument("--threads", type=int, default=os.cpu_count(), help="for one of them")
    args = parser.parse_args()
    if args.command == "list":
        for name, entry in zoo.manifest().items():
            print(f"{name:24} {entry['architecture']:18} {entry['metrics']}")
        return
    if not args.data.is_dir():
        parser.error(f"there is no folder {args.data}")
    if args.all:
        print(f"{len(RECIPES)} checkpoints; each is kept when it is made", flush=True)
        sys.exit(train_all(args.data.resolve()) > 0)
    import torch

    torch.set_num_threads(args.threads)
    train(args.name, args.data)


if __name__ == "__main__":
    main()
