"""Every version is pinned, and what is installed here is what the pins say."""

import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PLATFORMS = ("cuda-", "nvidia-", "triton")  # torch's builds for a GPU bring these


def name_of(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def pins(file: str) -> dict[str, str]:
    """Return {package: version} of a file whose lines are `package==version[; marker]`."""
    lines = [line.split("#")[0].strip() for line in (ROOT / file).read_text().splitlines()]
    wanted = [Requirement(line) for line in lines if line and not line.startswith("-r ")]
    return {name_of(r.name): str(r.specifier).removeprefix("==") for r in wanted}


CONSTRAINTS = pins("constraints.txt")
DIRECT = pins("requirements.txt") | pins("requirements-dev.txt")


def installed_below(packages: set[str]) -> set[str]:
    """Return the installed ones of `packages` and of all that they need on this machine."""
    found: set[str] = set()
    waiting = set(packages)
    while waiting:
        package = waiting.pop()
        try:
            needed = [Requirement(text) for text in requires(package) or ()]
        except PackageNotFoundError:
            continue
        found.add(package)
        here = (r for r in needed if r.marker is None or r.marker.evaluate({"extra": ""}))
        waiting |= {name_of(r.name) for r in here} - found
    found.discard("pip")  # open-spiel needs it; it is what installs, and is not pinned
    return {package for package in found if not package.startswith(PLATFORMS)}


def test_a_constraint_is_a_version_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    wrong = [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]
    assert not wrong
    assert "pip" not in CONSTRAINTS


def test_the_constraints_agree_with_the_requirements():
    assert {name: CONSTRAINTS.get(name) for name in DIRECT} == DIRECT


def test_everything_installed_is_constrained_to_the_version_that_is_tested():
    here = {name: version(name).split("+")[0] for name in installed_below(set(DIRECT))}
    assert {name: CONSTRAINTS.get(name) for name in here} == here


def test_the_readme_installs_with_the_constraints():
    installs = [
        line for line in (ROOT / "README.md").read_text().splitlines() if "pip install" in line
    ]
    assert len(installs) == 2
    assert all("-c constraints.txt" in line for line in installs)
