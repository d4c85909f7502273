"""Every lab of the house: what the contract tests are about."""

from importlib import import_module
from pathlib import Path

from labs.live.lab import Lab

ROOT = Path(__file__).parents[1]
SECTIONS = ("basics", "vision", "sequences", "generative", "play")


def all_labs() -> dict[str, type[Lab]]:
    """Return every lab by its name."""
    for section in SECTIONS:
        for file in sorted((ROOT / "labs" / section).rglob("*.py")):
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
    found, left = {}, [Lab]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.name and kind.__module__.startswith("labs."):
                found[kind.name] = kind
    return found


def holding(lab: Lab) -> set[str]:
    """Return the keys of the challenges that hold now, whoever brought it about."""
    evidence = lab.evidence()
    return {c.key for c in lab.challenges if c.done(*evidence)}
