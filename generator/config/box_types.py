"""Box types: which are known, how they look, which ask and which answer."""

from collections.abc import Mapping
from typing import Final

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "note": ("exercise", "seealso"),
    "abstract": ("summary", "tldr"),
    "info": ("todo",),
    "tip": ("hint", "important"),
    "success": ("check", "done", "answer", "solution"),
    "question": ("help", "faq"),
    "warning": ("caution", "attention"),
    "failure": ("fail", "missing"),
    "danger": ("error",),
    "bug": (),
    "example": (),
    "quote": ("cite",),
}
"""Type → the types that are drawn in its colour (Material for MkDocs, and common sites)."""

TYPES: Final = frozenset(FAMILIES).union(*FAMILIES.values())
"""They distinguish a type from a title without quotes."""

ASKING: Final = frozenset({"question", "faq"})
"""Types that are cards by default."""

ANSWERING: Final = frozenset({"success", "check", "done", "answer", "solution"})
"""Types of a nested box that holds the answer by default."""
