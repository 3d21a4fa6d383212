"""Text into HTML that neither Anki nor a browser reads as anything but text."""

import re

# Each alternative begins with its character, so that text is searched for a set of characters.
_SPECIAL = re.compile(r'&|<|>|"|\[|\{(?<=\{\{)|\}(?<=\}\})|:(?<=::)')

# `[` opens Anki's `[sound:…]`, doubled braces close a cloze, `::` starts its hint.
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "[": "&#91;",
    "{": "&#123;",
    "}": "&#125;",
    ":": "&#58;",
}


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES[match[0]]


def escape(text: str) -> str:
    """Escape text for element content and for attribute values in double quotes."""
    return _SPECIAL.sub(_entity, text)
