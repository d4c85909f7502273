"""What the house means by "one plain sentence", and who must say one."""

from collections.abc import Mapping

import pytest

from labs.live import Experiment


def is_one_sentence(text: str) -> bool:
    """Ends with a full stop, says it on one line, names no Python."""
    return (
        text == text.strip()
        and "\n" not in text
        and len(text) > 12
        and text.endswith(".")
        and len(text) <= 300
        and not any(word in text for word in ("Traceback", "Error", "object at", "NoneType"))
    )


def refuses(lab: Experiment, event: Mapping) -> None:
    """Assert that a lab refuses an event in one sentence, and can be seen after it."""
    with pytest.raises(ValueError) as caught:
        lab.receive(event)
    assert is_one_sentence(str(caught.value)), str(caught.value)
    lab.frame()
