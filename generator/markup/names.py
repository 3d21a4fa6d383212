"""Lists of names, as short as they read."""


def names(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())
