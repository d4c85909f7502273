"""How the lab's pictures put numbers and characters into words."""

NAMES = {"\n": "↵ line", " ": "␣ space", "": "unknown"}
SIGNS = {"\n": "↵", " ": "␣", "": "?"}


def spoken(token: str) -> str:
    """Return the name of a character or a token in a list."""
    return NAMES.get(token, token)


def sign(token: str) -> str:
    """Return a character or a token as it can be seen among others."""
    return SIGNS.get(token, token)
