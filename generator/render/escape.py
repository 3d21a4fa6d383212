"""Text into HTML, in the form in which HTML5 serialisers write it.

The sanitizer reads and writes HTML by the standard; text escaped here comes out of it unchanged.
"""


def escape(text: str) -> str:
    """Escape text for element content."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\xa0" in text:
        text = text.replace("\xa0", "&nbsp;")
    return text


def escape_attribute(text: str) -> str:
    """Escape text for an attribute value in double quotes."""
    return escape(text).replace('"', "&quot;")


def shorten(text: str) -> str:
    """Return what the author wrote as a message can quote it: one line, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:200]).split())
    return line if len(line) <= 60 else line[:59] + "…"
