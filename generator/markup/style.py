"""The declarations of a `style` attribute that are allowed on a card."""

import re
from typing import Final

PROPERTIES: Final = frozenset(
    {"color", "background-color", "text-align", "font-weight", "font-style", "text-decoration"}
)
"""They set colours and alignment; none of them moves, covers or loads anything."""

_DECLARATION = re.compile(
    rf"\s*({'|'.join(sorted(PROPERTIES))})\s*:"
    r"\s*(#[0-9a-fA-F]{3,8}|[a-zA-Z-]{2,24}|[1-9]00|rgba?\([\d\s.,%]{3,40}\))\s*"
)


def safe_style(style: str) -> str:
    """Return the declarations with a known property and a plain value."""
    matches = (_DECLARATION.fullmatch(declaration) for declaration in style.split(";"))
    return ";".join(f"{match[1]}:{match[2]}" for match in matches if match)
