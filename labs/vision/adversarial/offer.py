"""What can be chosen for a kind of picture: everything that the controls need to know."""

from typing import Any

from labs.data.photos import NAMES
from labs.vision.adversarial.attacks import ATTACKS
from labs.vision.adversarial.plan import defaults, largest
from labs.vision.adversarial.subjects import Subject


def offer(what: Subject) -> dict[str, Any]:
    """Return the nets, attacks and classes by name, the sliders' ends, and the first settings."""
    return {
        "kind": what.kind,
        "nets": what.nets,
        "attacks": {name: attack.title for name, attack in ATTACKS.items()},
        "labels": what.labels,
        "limits": {norm: largest(what, norm) for norm in what.eps},
        "settings": defaults(what),
        "photos": NAMES,
    }
