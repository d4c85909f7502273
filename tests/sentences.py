"""What the house means by "one plain sentence"."""


def is_one_sentence(text: str) -> bool:
    """Starts with a capital, ends with a full stop, says it on one line, names no Python."""
    return (
        text == text.strip()
        and "\n" not in text
        and text[:1].isupper()
        and text.endswith(".")
        and len(text) <= 300
        and not any(word in text for word in ("Traceback", "Error", "object at", "NoneType"))
    )
