"""Which labs there are below a package."""

import pkgutil
from importlib import import_module

from labs.live.lab import Lab


def labs_below(package: str) -> dict[str, type[Lab]]:
    """Return the labs of a package or module, "labs.vision.digit", by name; imports all of it."""
    above = import_module(package)
    for module in pkgutil.walk_packages(getattr(above, "__path__", []), f"{package}."):
        import_module(module.name)
    found: dict[str, type[Lab]] = {}
    left: list[type[Lab]] = [Lab]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.name and f"{kind.__module__}.".startswith(f"{package}."):
                found[kind.name] = kind
    return found
