"""Quote the author's text in messages."""


def shorten(text: str) -> str:
    """Return a text on one line, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:200]).split())
    return line if len(line) <= 60 else line[:59] + "…"
