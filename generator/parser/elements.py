"""HTML elements by how Markdown in them is read (Python-Markdown's block-level elements)."""

import re
from typing import Final


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


RAW: Final = _names("script style pre textarea svg math iframe video audio object canvas table")
"""Kept as written, whatever they contain."""

INLINE_CONTENT: Final = _names("p h1 h2 h3 h4 h5 h6 summary dt td th figcaption legend")
"""Contain text, not blocks."""

BLOCK: Final = (
    RAW
    | INLINE_CONTENT
    | _names(
        "address article aside blockquote center dd details dialog div dl fieldset figure footer "
        "form header hgroup li main menu nav noscript ol section ul tbody thead tfoot tr"
    )
)
"""Form a block of their own."""

BLOCK_TAG: Final = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK))})(?=[\s/>])", re.IGNORECASE)
