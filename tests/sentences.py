"""What the house means by "one plain sentence"."""


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
