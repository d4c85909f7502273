"""The zoo's command line: `python -m labs.zoo train NAME --data DIR`, and `list`."""

import argparse
import datetime
import hashlib
import json
import os
from pathlib import Path

from safetensors.torch import save

from labs import zoo
from labs.files import writing
from labs.zoo.train.recipes import RECIPES


def train(name: str, data: Path) -> None:
    """Remake the checkpoint `name` from the files in `data`, and write its manifest entry."""
    recipe = RECIPES[name]
    result = recipe.train(data, recipe.seed, print)
    weights = {k: v.to(recipe.stored_as).contiguous() for k, v in result.model.state_dict().items()}
    content = save(weights)
    with writing(zoo.WEIGHTS / f"{name}.safetensors") as file:
        file.write(content)
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
    path = zoo.HERE / "manifest.json"
    entries = json.loads(path.read_text()) | {name: entry}
    with writing(path) as file:
        file.write((json.dumps(dict(sorted(entries.items())), indent=2) + "\n").encode())
    print(json.dumps(entry["metrics"]))


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m labs.zoo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="what the zoo holds")
    remake = commands.add_parser("train", help="remake a checkpoint")
    remake.add_argument("name", choices=RECIPES)
    remake.add_argument("--data", type=Path, required=True, help="folder with the training data")
    remake.add_argument("--threads", type=int, default=os.cpu_count())
    args = parser.parse_args()
    if args.command == "list":
        for name, entry in zoo.manifest().items():
            print(f"{name:24} {entry['architecture']:18} {entry['metrics']}")
        return
    import torch

    torch.set_num_threads(args.threads)
    train(args.name, args.data)


if __name__ == "__main__":
    main()
